package org.holovitals.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.alerts.Alerts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Samples of the running server itself, and alerts where a component gets worse. */
final class HealthTest extends ServerTest {
    private final JdbcClient jdbc;
    private final HealthWatch watch;
    private final SystemHealth rows;
    private final Alerts alerts;
    private final HealthWatch.Keeping keeping;

    @Autowired
    HealthTest(JdbcClient jdbc, HealthWatch watch, SystemHealth rows, Alerts alerts, HealthWatch.Keeping keeping) {
        this.jdbc = jdbc;
        this.watch = watch;
        this.rows = rows;
        this.alerts = alerts;
        this.keeping = keeping;
    }

    @BeforeEach
    void nothingWasSampled() {
        jdbc.sql("delete from holovitals.system_health").update();
    }

    private HttpResponse<String> at(String path) {
        return sendAs(
                TestIssuer.user("admin", "user/*.cruds"),
                HttpRequest.newBuilder(URI.create(base().replace("/fhir", path))));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void everyComponentIsSampledFromItselfAndShownToAdministratorsAndPrometheus() throws SQLException, IOException {
        watch.look();
        watch.look();
        JsonNode health = json(at("/api/system-health"));
        assertThat(health.get("latest"))
                .extracting(sample -> sample.get("component").asText())
                .containsExactlyInAnyOrder(
                        "chatbot", "queue", "provisioner", "database", "storage", "fhir", "keycloak");
        assertThat(health.get("history")).hasSize(14);
        for (String component : List.of("database", "storage", "fhir", "keycloak")) {
            JsonNode sample = sample(health, component);
            assertThat(sample.get("status").asText()).as(sample.toString()).isNotEqualTo("down");
            assertThat(sample.get("responseTime").decimalValue()).isPositive();
            assertThat(sample.get("memoryUsage").decimalValue()).isPositive();
        }
        assertThat(sample(health, "storage").get("diskUsage").decimalValue()).isPositive();
        assertThat(sample(health, "database").get("throughput").decimalValue()).isNotNegative();
        assertThat(json(at("/api/system-health?component=fhir")).get("history")).hasSize(2);
        assertThat(at("/api/system-health?component=nothing").statusCode()).isEqualTo(400);
        assertThat(at("/actuator/prometheus").body())
                .containsPattern("holovitals_health\\{component=\"database\"} [01]\\.0")
                .containsPattern("holovitals_health_response_seconds\\{component=\"fhir\"} \\d+\\.");
    }

    private static JsonNode sample(JsonNode health, String component) {
        return StreamSupport.stream(health.get("latest").spliterator(), false)
                .filter(sample -> sample.get("component").asText().equals(component))
                .findFirst()
                .orElseThrow();
    }

    /** One whose state the test says. */
    private record Said(Deque<Status> states) implements Probe {
        @Override
        public Component component() {
            return Component.PROVISIONER;
        }

        @Override
        public Reading read() throws IOException {
            Status next = states.remove();
            if (next == Status.DOWN) {
                throw new IOException("secret address");
            }
            return Reading.healthy(Duration.ofMillis(1)).worse(next, "test " + next);
        }
    }

    @Test
    void gettingWorseIsAnAlertOnceUntilItWasBetter() throws SQLException {
        long before = told();
        Said probe = new Said(new ArrayDeque<>(List.of(
                Status.HEALTHY,
                Status.DEGRADED,
                Status.DEGRADED,
                Status.DOWN,
                Status.DOWN,
                Status.DEGRADED,
                Status.HEALTHY,
                Status.DOWN)));
        HealthWatch said = new HealthWatch(new HealthWatch.Probes(List.of(probe)), rows, alerts, keeping);
        for (long expected : new long[] {0, 1, 1, 2, 2, 2, 2, 3}) {
            said.look();
            assertThat(told() - before).isEqualTo(expected);
        }
        assertThat(rows.latest())
                .extracting(SystemHealth.Sample::message)
                .containsExactly("It does not answer: IOException");
    }

    private long told() {
        return jdbc.sql("""
                        select count(*) from holovitals.security_alerts
                        where action like 'component-%' and details ->> 'component' = 'provisioner'
                        """).query(Long.class).single();
    }

    @Test
    void samplesAreKeptForAMonthAndTheLastOneForEver() throws SQLException {
        watch.look();
        jdbc.sql("update holovitals.system_health set timestamp = now() - interval '31 days'")
                .update();
        jdbc.sql("delete from holovitals.system_health where component <> 'queue'")
                .update();
        HealthWatch none = new HealthWatch(new HealthWatch.Probes(List.of()), rows, alerts, keeping);
        none.look();
        assertThat(rows.latest()).hasSize(1);
        watch.look();
        assertThat(jdbc.sql("select count(*) from holovitals.system_health where component = 'queue'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatDoesNotAnswerOrCannotWriteIsDown(@TempDir Path directory) throws IOException, InterruptedException {
        HttpProbe nobody = new HttpProbe(
                Component.KEYCLOAK,
                () -> Optional.of(URI.create("http://127.0.0.1:1/")),
                Duration.ofSeconds(1),
                Clock.systemUTC());
        assertThat(catchThrowable(nobody::read)).isInstanceOf(IOException.class);
        HttpProbe missing = new HttpProbe(
                Component.FHIR,
                () -> Optional.of(URI.create(base() + "/Nothing")),
                Duration.ofSeconds(5),
                Clock.systemUTC());
        assertThat(missing.read().status()).isEqualTo(Status.DEGRADED);
        Path file = Files.createFile(directory.resolve("file"));
        StorageProbe storage = new StorageProbe(file, Clock.systemUTC());
        assertThat(catchThrowable(storage::read)).isInstanceOf(IOException.class);
    }

    /** A dead analysis and an overdue one that nobody works on. */
    @Test
    void aQueueThatNobodyWorksOnIsDown() {
        // Whoever calls has a row in users from then on.
        assertThat(at("/api/me").statusCode()).isEqualTo(200);
        jdbc.sql("update holovitals.analysis_queue set heartbeat_at = null").update();
        jdbc.sql("""
                        insert into holovitals.analysis_queue (id, user_id, type, priority, prompt, model_provider, recommended_model,
                          consent_snapshot, due_at, turn)
                        select gen_random_uuid(), (select id from holovitals.users limit 1), 'complex_query', 3, 'sealed', 'local',
                          'health-test', '{}', now() - interval '1 hour', 1
                        """).update();
        try {
            Reading reading = new QueueProbe(jdbc, Clock.systemUTC()).read();
            assertThat(Map.of(reading.status(), String.valueOf(reading.message())))
                    .containsEntry(Status.DOWN, "Analyses are past their target and nobody works on them");
        } finally {
            jdbc.sql("delete from holovitals.analysis_queue where recommended_model = 'health-test'")
                    .update();
        }
    }
}
