package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ModelStub;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.analyses.AnalysisTask.Owner;
import org.holovitals.server.analyses.AnalysisTask.Plan;
import org.holovitals.server.analyses.AnalysisTask.State;
import org.holovitals.server.analyses.TaskEnd.Report;
import org.holovitals.server.analyses.TaskLeases.Worker;
import org.holovitals.server.costs.Charge;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.egress.Departed;
import org.holovitals.server.egress.Interactions;
import org.holovitals.server.egress.Interactions.Interaction;
import org.holovitals.server.egress.Interactions.Sitting;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.models.Models;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.holovitals.server.models.Reply.Failure;
import org.holovitals.server.models.Reply.Finish;
import org.holovitals.server.models.Usage;
import org.holovitals.server.users.PatientKeys;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Random runs: workers on machines and in the server take tasks, call models, fail, give back, die and come too late, and users
 * cancel. In the end each of the ledgers says the same.
 */
final class LedgerTest extends AnalysisFixture {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int TASKS = 12;
    private static final int STEPS = 400;
    private static final BigDecimal RATE = new BigDecimal("0.06000000");
    /** The clock of the database goes on while a test runs. */
    private static final BigDecimal SLACK = new BigDecimal("0.02");

    private final AnalysisQueue queue;
    private final TaskLeases leases;
    private final TaskEnds ends;
    private final ModelCalls calls;
    private final Interactions interactions;
    private final Charges charges;
    private final Quotas quotas;
    private final PatientKeys keys;
    private final Model model;
    private final List<UUID> users = new ArrayList<>();
    private final List<UUID> tasks = new ArrayList<>();
    private final List<UUID> instances = new ArrayList<>();
    private BigDecimal machines = BigDecimal.ZERO;
    private UUID record = UUID.randomUUID();

    @Autowired
    LedgerTest(
            JdbcClient jdbc,
            AnalysisQueue queue,
            TaskLeases leases,
            TaskEnds ends,
            ModelCalls calls,
            Interactions interactions,
            Charges charges,
            Quotas quotas,
            PatientKeys keys,
            Models models) {
        super(jdbc);
        this.queue = queue;
        this.leases = leases;
        this.ends = ends;
        this.calls = calls;
        this.interactions = interactions;
        this.charges = charges;
        this.quotas = quotas;
        this.keys = keys;
        this.model = models.named("stub-openai").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensTheLedgersSayTheSame(long seed) {
        Random random = new Random(seed);
        begin(random);
        for (int i = 0; i < STEPS; i++) {
            claimed(random).ifPresent(task -> work(task, random));
            if (random.nextInt(20) == 0) {
                queued(random).ifPresent(ends::cancel);
            }
            if (random.nextInt(20) == 0) {
                find("dead", random).ifPresent(ends::requeue);
            }
        }
        tasks.stream()
                .flatMap(id -> find(id).stream())
                .filter(task -> !task.state().status().isEnd())
                .forEach(ends::cancel);

        assertThat(tasks).allSatisfy(task -> assertThat(status(task)).isNotIn("queued", "processing"));
        assertTheSame();
    }

    private void begin(Random random) {
        record = keys.record(client().create()
                        .resource(new Patient())
                        .execute()
                        .getId()
                        .getIdPart())
                .orElseThrow();
        emptyQueue();
        ModelStub.price(jdbc, "stub-openai");
        for (int i = 0; i < 3; i++) {
            UUID user = UUID.randomUUID();
            jdbc.sql("insert into holovitals.users (id, subject, email) values (?, ?, ?)")
                    .params(user, "ledger-" + user, user + "@ledger.test")
                    .update();
            users.add(user);
            instances.add(instance());
        }
        for (int i = 0; i < TASKS; i++) {
            tasks.add(added(users.get(random.nextInt(users.size()))));
        }
    }

    private UUID instance() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into holovitals.cloud_instances (id, provider, instance_type, status, terminate_after,
                          cost_per_minute, idempotency_key, tag, heartbeat_at)
                        values (?, 'ledger', '1g', 'executing', now() + interval '1 hour', ?, ?, 'ledger', now())
                        """).params(id, RATE, id.toString()).update();
        return id;
    }

    private UUID added(UUID user) {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now();
        UUID kept = quotas.reserve(user, new BigDecimal("0.01234567"), 2000).orElseThrow();
        assertThat(queue.add(new AnalysisTask(
                        id,
                        new Owner(user, record, "p"),
                        Kind.COMPLEX_QUERY,
                        Priority.NORMAL,
                        "sealed",
                        new Plan("stub", "stub-openai", 2000, 1000, 1, new BigDecimal("0.01234567"), "USD", kept),
                        new State(Status.QUEUED, 0, 3, 0, 0, 0, null, null, null, now, now, null, null),
                        "{}",
                        List.of(),
                        null,
                        null)))
                .isTrue();
        return id;
    }

    private Optional<AnalysisTask> find(UUID id) {
        return users.stream().flatMap(user -> queue.find(id, user).stream()).findFirst();
    }

    private Optional<AnalysisTask> find(String status, Random random) {
        return find(tasks.get(random.nextInt(TASKS)))
                .filter(task -> task.state().status().text().equals(status));
    }

    private Optional<AnalysisTask> queued(Random random) {
        return find("queued", random);
    }

    private Optional<AnalysisTask> claimed(Random random) {
        jdbc.sql("update holovitals.analysis_queue set run_after = now() where status = 'queued'")
                .update();
        UUID machine = random.nextInt(3) == 0 ? null : instances.get(random.nextInt(instances.size()));
        return new Claims(leases, new Worker("ledger", LEASE, machine)).next().filter(task -> {
            if (machine != null) {
                spend(task, random.nextInt(120));
            }
            return true;
        });
    }

    /** As if the task had been under way for so long on its machine. */
    private void spend(AnalysisTask task, int seconds) {
        jdbc.sql("""
                        update holovitals.analysis_queue set claimed_at = claimed_at - ? * interval '1 second' where id = ?
                        """).params(seconds, task.id()).update();
        jdbc.sql("update holovitals.cloud_instances set heartbeat_at = now() where tag = 'ledger'")
                .update();
        machines = machines.add(
                RATE.multiply(BigDecimal.valueOf(seconds)).divide(BigDecimal.valueOf(60), 8, RoundingMode.HALF_UP));
    }

    private void work(AnalysisTask task, Random random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            call(task, random);
        }
        switch (random.nextInt(7)) {
            case 0 -> ends.failed(task, "It failed");
            case 1 -> leases.giveBack(task);
            case 2 -> leaveLying(task);
            case 3 -> ends.cancel(task);
            case 4 -> {
                // What comes too late changes nothing.
                leaveLying(task);
                assertThat(leases.keep(task, LEASE)).isFalse();
                assertThat(catchThrowable(() -> ends.complete(task, "sealed", new Report("late", List.of()))))
                        .isInstanceOf(LeaseLost.class);
            }
            case 5 -> ends.failed(task, "It failed again");
            default -> ends.complete(task, "sealed", new Report("label", List.of()));
        }
    }

    private void leaveLying(AnalysisTask task) {
        jdbc.sql("update holovitals.analysis_queue set lease_until = now() - interval '1 second' where id = ?")
                .param(task.id())
                .update();
        leases.returnLost();
        leases.takeExhausted(new Worker("reaper", LEASE, null)).ifPresent(lost -> ends.bury(lost, "left lying"));
    }

    /** One that is answered, fails, or is never heard of again. */
    private void call(AnalysisTask task, Random random) {
        UUID call = UUID.randomUUID();
        calls.begin(new ModelCalls.Begun(
                call, model, "analysis", EgressMode.MASKED_TEXT, "0".repeat(64), new Usage(1000, 800, true)));
        interactions.begin(
                new Sitting(
                        task.id(), "analysis", task.owner().user(), task.owner().patientRow()),
                Instant.now());
        interactions.add(
                task.id(),
                new Interaction(UUID.randomUUID(), "sealed", null, List.of(), model.model(), null),
                new Departed(call, model, EgressMode.MASKED_TEXT, "", "0".repeat(64)),
                Instant.now());
        int input = random.nextInt(1000);
        int output = random.nextInt(800);
        switch (random.nextInt(4)) {
            case 0 -> calls.fail(call, new Failed(Failure.TIMEOUT, 3, Duration.ofSeconds(1)));
            case 1 -> assertThat(calls.underWay(call)).isPresent();
            default -> {
                Charge charge = charges.of("stub", "stub-openai", input, output);
                calls.end(
                        call,
                        new Answered(
                                "x", Finish.COMPLETE, new Usage(input, output, false), 1, Duration.ZERO, Duration.ZERO),
                        charge.cost(),
                        charge.currency());
            }
        }
    }

    private BigDecimal sum(String sql, List<UUID> ids) {
        return jdbc.sql(sql)
                .param("ids", ids.toArray(UUID[]::new))
                .query(BigDecimal.class)
                .single();
    }

    private void assertTheSame() {
        BigDecimal paid = sum(
                "select coalesce(sum(total_cost), 0) from holovitals.analysis_costs where user_id = any (:ids)", users);
        assertThat(paid).isPositive();
        assertThat(sum("select sum(spent_cost) from holovitals.daily_spending where user_id = any (:ids)", users))
                .isEqualByComparingTo(paid);
        assertThat(sum("select sum(spent_tokens) from holovitals.daily_spending where user_id = any (:ids)", users))
                .isEqualByComparingTo(sum(
                        "select coalesce(sum(total_tokens), 0) from holovitals.analysis_costs where user_id = any (:ids)",
                        users));
        assertThat(sum(
                        "select sum(reserved_cost + reserved_tokens) from holovitals.daily_spending where user_id = any (:ids)",
                        users))
                .isZero();
        assertThat(sum("""
                        select coalesce(sum(c.cost), 0) from holovitals.model_calls c
                        join holovitals.ai_interactions i on i.call_id = c.id where i.session_id = any (:ids)
                        """, tasks))
                .isEqualByComparingTo(
                        sum("select sum(model_cost) from holovitals.analysis_costs where task_id = any (:ids)", tasks));
        assertThat(sum("""
                        select count(*) from holovitals.model_calls c join holovitals.ai_interactions i on i.call_id = c.id
                        where i.session_id = any (:ids) and (c.status = 'sent' or not c.is_settled)
                        """, tasks)).isZero();
        assertThat(sum(
                        "select coalesce(sum(infrastructure_cost), 0) from holovitals.analysis_costs where task_id = any (:ids)",
                        tasks))
                .isBetween(machines.subtract(SLACK), machines.add(SLACK));
        assertThat(sum("""
                        select count(*) from holovitals.analysis_queue
                        where id = any (:ids) and (machine_cost <> 0 or claimed_at is not null)
                        """, tasks)).isZero();
        BigDecimal reported = BigDecimal.ZERO;
        for (var line : json(ask(TestIssuer.user("admin", "user/*.rs"), "/api/costs/report?by=user"))
                .get("lines")) {
            if (users.contains(UUID.fromString(line.get("key").asText()))) {
                reported = reported.add(new BigDecimal(line.get("cost").asText()));
            }
        }
        assertThat(reported).isEqualByComparingTo(paid);
    }
}
