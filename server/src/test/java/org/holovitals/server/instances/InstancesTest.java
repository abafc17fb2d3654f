package org.holovitals.server.instances;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.analyses.Backlog;
import org.holovitals.server.base.Ids;
import org.holovitals.server.instances.ProviderException.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When instances are started and stopped, what they cost, and what becomes of those that nobody knew of. */
final class InstancesTest extends ServerTest {
    private static final InstanceSettings.Times TIMES = new InstanceSettings.Times(
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1));
    private static final BigDecimal RATE = new BigDecimal("0.60000000");

    private final JdbcClient jdbc;
    private final CloudInstances instances;
    private final Cloud cloud = new Cloud();
    private final String tag = "test-" + UUID.randomUUID();
    private final Upkeep upkeep;
    private final UUID user = UUID.randomUUID();

    @Autowired
    InstancesTest(
            JdbcClient jdbc, CloudInstances instances, Backlog backlog, DataSource dataSource, Ids ids, Alerts alerts) {
        this.jdbc = jdbc;
        this.instances = instances;
        this.upkeep = new Upkeep(
                instances,
                backlog,
                cloud,
                new Upkeep.Rules(tag, 2, TIMES),
                new Upkeep.Tools(dataSource, ids, new Trouble(alerts, Clock.systemUTC()), new SecureRandom()));
    }

    /** Machines elsewhere, in memory. */
    private static final class Cloud implements CloudProvider {
        private final Map<String, Order> running = new ConcurrentHashMap<>();
        private final List<Order> orders = new ArrayList<>();
        private @Nullable Kind refuses;
        private boolean losesAnswers;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public Rate estimate() {
            return new Rate("small", "here", RATE, "USD");
        }

        @Override
        public String create(Order order) {
            orders.add(order);
            if (refuses != null) {
                throw new ProviderException(refuses, "no");
            }
            running.putIfAbsent(name(order.key()), order);
            if (losesAnswers) {
                throw new ProviderException(Kind.UNANSWERED, "no answer");
            }
            return name(order.key());
        }

        private static String name(String key) {
            return "machine-" + key;
        }

        @Override
        public State status(String instance) {
            return running.containsKey(instance) ? State.RUNNING : State.GONE;
        }

        @Override
        public void terminate(String instance) {
            running.remove(instance);
        }

        @Override
        public List<Found> list(String tag) {
            return running.entrySet().stream()
                    .filter(entry -> entry.getValue().tag().equals(tag))
                    .map(entry -> new Found(entry.getValue().key(), entry.getKey(), State.RUNNING))
                    .toList();
        }
    }

    @BeforeEach
    void aTaskThatWaits() {
        jdbc.sql("delete from holovitals.analysis_queue where status = 'queued'")
                .update();
        jdbc.sql("insert into holovitals.users (id, subject, email) values (?, ?, ?)")
                .params(user, "instances-" + user, user + "@instances.test")
                .update();
        queue(1);
    }

    @AfterEach
    void nothingWaits() {
        jdbc.sql("delete from holovitals.analysis_queue where user_id = ?")
                .param(user)
                .update();
    }

    private void queue(int tasks) {
        jdbc.sql("""
                        insert into holovitals.analysis_queue (id, user_id, type, priority, prompt, model_provider, recommended_model,
                          consent_snapshot, due_at, turn)
                        select gen_random_uuid(), ?, 'complex_query', 3, 'sealed', 'local', 'extracts', '{}', now(), n
                        from generate_series(1, ?) n
                        """).params(user, tasks).update();
    }

    private CloudInstance only() {
        List<CloudInstance> all = all();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<CloudInstance> all() {
        List<UUID> ids = jdbc.sql("select id from holovitals.cloud_instances where tag = ? order by id")
                .param(tag)
                .query(UUID.class)
                .list();
        return ids.stream()
                .map(id -> Stream.of(true, false)
                        .flatMap(ended -> instances.page(ended, new UUID(-1, -1), 1000).stream())
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private void age(String columns) {
        jdbc.sql("update holovitals.cloud_instances set " + columns + " where tag = ?")
                .param(tag)
                .update();
    }

    /** In minutes, and what they cost. */
    private record Cost(BigDecimal duration, BigDecimal total) {}

    private List<Cost> costs() {
        return jdbc.sql("""
                        select c.duration, c.total_cost from holovitals.instance_costs c
                        join holovitals.cloud_instances i on i.id = c.instance_id where i.tag = ? order by c.id
                        """)
                .param(tag)
                .query((row, number) -> new Cost(row.getBigDecimal("duration"), row.getBigDecimal("total_cost")))
                .list();
    }

    @Test
    void oneIsStartedForATaskAndNoSecondWhileItIsFree() throws SQLException {
        upkeep.look();
        upkeep.look();
        assertThat(cloud.orders).hasSize(1);
        assertThat(only().status()).isEqualTo("provisioning");
        assertThat(only().instance())
                .isEqualTo(cloud.running.keySet().iterator().next());
        queue(5);
        upkeep.look();
        upkeep.look();
        assertThat(cloud.orders).as("as many as may be").hasSize(2);
    }

    @Test
    void aTokenCountsOnceAndOnlyWhileTheInstanceIsWanted() throws SQLException {
        upkeep.look();
        String token = cloud.orders.get(0).token();
        assertThat(jdbc.sql("select i::text from holovitals.cloud_instances i where tag = ?")
                        .param(tag)
                        .query(String.class)
                        .single())
                .doesNotContain(token);
        assertThat(instances.register("another")).isEmpty();
        assertThat(instances.register(token)).contains(only().id());
        assertThat(instances.register(token)).isEmpty();
        assertThat(instances.beat(only().id())).isTrue();
        assertThat(only().status()).isEqualTo("ready");
        assertThat(instances.retire(only().id())).isTrue();
        assertThat(instances.beat(only().id())).isFalse();
    }

    @Test
    void anInstanceWithoutATaskIsStoppedAndPaidByTheMinuteAtTheRateOfItsStart() throws SQLException {
        upkeep.look();
        instances.register(cloud.orders.get(0).token());
        nothingWaits();
        upkeep.look();
        assertThat(cloud.running).hasSize(1);
        age("created_at = now() - interval '90 seconds', idle_since = now() - interval '61 seconds'");
        upkeep.look();
        assertThat(cloud.running).isEmpty();
        assertThat(only().status()).isEqualTo("terminated");
        BigDecimal duration = costs().get(0).duration();
        assertThat(duration).isBetween(new BigDecimal("1.5"), new BigDecimal("1.6"));
        assertThat(costs().get(0).total()).isEqualByComparingTo(duration.multiply(RATE));
        assertThat(only().totalCost()).isEqualByComparingTo(duration.multiply(RATE));
        upkeep.look();
        assertThat(costs()).hasSize(1);
    }

    @Test
    void whatIsPastItsEndOrSilentOrNeverRegistersIsStopped() throws SQLException {
        for (String reason : List.of(
                "terminate_after = now()",
                "status = 'ready', heartbeat_at = now() - interval '61 seconds'",
                "created_at = now() - interval '6 minutes'")) {
            upkeep.look();
            jdbc.sql("update holovitals.cloud_instances set " + reason
                            + " where tag = ? and status not in ('terminated', 'failed')")
                    .param(tag)
                    .update();
            nothingWaits();
            upkeep.look();
            assertThat(cloud.running).as(reason).isEmpty();
            queue(1);
        }
        assertThat(all()).extracting(CloudInstance::status).containsOnly("terminated");
        assertThat(costs()).hasSize(3);
    }

    @Test
    void anInstanceThatIsGoneIsPaidUntilItWasLastHeardOf() throws SQLException {
        upkeep.look();
        instances.register(cloud.orders.get(0).token());
        age("created_at = now() - interval '10 minutes', heartbeat_at = now() - interval '8 minutes'");
        cloud.running.clear();
        nothingWaits();
        upkeep.look();
        assertThat(only().status()).isEqualTo("terminated");
        assertThat(costs().get(0).total()).isEqualByComparingTo("1.2");
    }

    @Test
    void anInstanceWhoseAnswerWasLostIsFoundAgainByItsKey() throws SQLException {
        cloud.losesAnswers = true;
        upkeep.look();
        assertThat(only().instance()).isNull();
        assertThat(only().status()).isEqualTo("provisioning");
        upkeep.look();
        assertThat(only().instance())
                .isEqualTo(cloud.running.keySet().iterator().next());
        assertThat(cloud.orders).hasSize(1);
    }

    @Test
    void oneThatNeverCameIsClosedWithoutCostAndOneThatComesAfterAllIsStopped() throws SQLException {
        cloud.losesAnswers = true;
        upkeep.look();
        Map<String, CloudProvider.Order> late = Map.copyOf(cloud.running);
        cloud.running.clear();
        nothingWaits();
        upkeep.look();
        assertThat(only().status()).as("it may come").isEqualTo("provisioning");
        age("created_at = now() - interval '11 seconds'");
        upkeep.look();
        assertThat(only().status()).isEqualTo("failed");
        assertThat(costs().get(0).total()).isZero();
        cloud.running.putAll(late);
        upkeep.look();
        assertThat(cloud.running).isEmpty();
        assertThat(costs()).hasSize(1);
    }

    @Test
    void aProviderThatRefusesIsLeftAloneForAWhileAndOperatorsAreToldOnce() throws SQLException {
        cloud.refuses = Kind.QUOTA;
        for (int i = 0; i < 3; i++) {
            upkeep.look();
        }
        assertThat(cloud.orders).hasSize(1);
        assertThat(only().status()).isEqualTo("failed");
        assertThat(costs().get(0).total()).isZero();
        assertThat(jdbc.sql("""
                                select occurrences from holovitals.security_alerts
                                where action = 'no-instance' and details ->> 'provider' = 'test' and details ->> 'kind' = 'quota'
                                """).query(Integer.class).list()).containsOnly(1).isNotEmpty();
    }

    @Test
    void administratorsSeeInstancesAndStopThem() throws SQLException, IOException {
        upkeep.look();
        UUID id = only().id();
        assertThat(names("open")).contains(id.toString());
        assertThat(post("/api/instances/" + id + "/terminate").statusCode()).isEqualTo(202);
        assertThat(post("/api/instances/" + id + "/terminate").statusCode()).isEqualTo(409);
        assertThat(post("/api/instances/" + UUID.randomUUID() + "/terminate").statusCode())
                .isEqualTo(404);
        nothingWaits();
        upkeep.look();
        assertThat(cloud.running).isEmpty();
        assertThat(names("ended")).contains(id.toString());
    }

    private List<String> names(String state) throws IOException {
        JsonNode answer = new ObjectMapper()
                .readTree(sendAs(admin(), HttpRequest.newBuilder(at("/api/instances?state=" + state)))
                        .body());
        List<String> ids = new ArrayList<>();
        answer.get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    private HttpResponse<String> post(String path) {
        return sendAs(admin(), HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private URI at(String path) {
        return URI.create(base().replace("/fhir", path));
    }

    private static String admin() {
        return TestIssuer.user("admin", "user/*.cruds");
    }
}
