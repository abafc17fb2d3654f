package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.holovitals.server.analyses.AnalysisTask.Owner;
import org.holovitals.server.analyses.AnalysisTask.Plan;
import org.holovitals.server.analyses.AnalysisTask.State;
import org.holovitals.server.analyses.TaskLeases.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose turn it is, on a queue of thousands of rows; the tasks themselves are not done. */
final class ClaimsTest extends AnalysisFixture {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final AnalysisQueue queue;
    private final TaskLeases leases;
    private final DataSource dataSource;
    private UUID patientRow;

    @Autowired
    ClaimsTest(JdbcClient jdbc, AnalysisQueue queue, TaskLeases leases, DataSource dataSource) {
        super(jdbc);
        this.queue = queue;
        this.leases = leases;
        this.dataSource = dataSource;
        this.patientRow = new UUID(0, 0);
    }

    @BeforeEach
    void begin() {
        jdbc.sql("delete from holovitals.analysis_queue where status = 'queued'")
                .update();
        record();
        patientRow = jdbc.sql("select id from holovitals.patient_keys where fhir_id = ?")
                .param(patient)
                .query(UUID.class)
                .single();
    }

    @AfterEach
    void end() {
        jdbc.sql("""
                        delete from holovitals.analysis_queue
                        where user_id in (select id from holovitals.users where subject like 'turn-%')
                        """).update();
    }

    private UUID user(String name) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into holovitals.users (id, subject, email) values (?, ?, ?)")
                .params(id, "turn-" + name + id, id + "@turns.test")
                .update();
        return id;
    }

    private UUID add(UUID user, Priority priority) {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now();
        AnalysisTask task = new AnalysisTask(
                id,
                new Owner(user, patientRow, patient),
                Kind.COMPLEX_QUERY,
                priority,
                "sealed",
                new Plan(Extracts.PROVIDER, Extracts.MODEL, 1, 1, 1, null, "USD", null),
                new State(Status.QUEUED, 0, 3, 0, 0, 0, null, null, null, now, now.plus(priority.target()), null, null),
                "{}",
                List.of(),
                null,
                null);
        assertThat(queue.add(task)).isTrue();
        return id;
    }

    /** A hundred users with as many tasks each, as their turns would have come. */
    private void addTenThousand(Priority priority, String due) {
        for (int i = 0; i < 100; i++) {
            jdbc.sql("""
                            insert into holovitals.analysis_queue (id, user_id, patient_id, type, priority, prompt, model_provider,
                              recommended_model, consent_snapshot, due_at, turn)
                            select gen_random_uuid(), ?, ?, 'complex_query', ?, 'sealed', 'local', 'extracts', '{}',
                              now() + ?::interval, n from generate_series(1, 100) n
                            """)
                    .params(user("many"), patientRow, priority.number(), due)
                    .update();
        }
        jdbc.sql("analyze holovitals.analysis_queue").update();
    }

    private Optional<AnalysisTask> next(Claims claims) {
        return claims.next();
    }

    @Test
    void tenThousandLowTasksDelayAnUrgentOneByOneAtMostAlsoWhenTheyAreOverdue() {
        addTenThousand(Priority.LOW, "-1 hour");
        Claims claims = new Claims(leases, new Worker("worker", LEASE, null));
        for (int i = 0; i < 9; i++) {
            UUID urgent = add(user("urgent"), Priority.URGENT);
            List<UUID> taken = List.of(
                    next(claims).orElseThrow().id(), next(claims).orElseThrow().id());
            assertThat(taken).contains(urgent);
        }
        // And the low ones are not passed over for ever: every fourth choice is one of them.
        List<Priority> taken = new ArrayList<>();
        UUID busy = user("busy");
        for (int i = 0; i < 40; i++) {
            add(busy, Priority.URGENT);
        }
        for (int i = 0; i < 40; i++) {
            taken.add(next(claims).orElseThrow().priority());
        }
        assertThat(taken.stream().filter(priority -> priority == Priority.LOW)).hasSize(10);
    }

    @Test
    void oneUsersThousandTasksDelayAnothersByOne() {
        UUID many = user("many");
        for (int i = 0; i < 1_000; i++) {
            add(many, Priority.NORMAL);
        }
        Claims claims = new Claims(leases, new Worker("worker", LEASE, null));
        for (int i = 0; i < 10; i++) {
            var unused = next(claims).orElseThrow();
        }
        UUID other = user("other");
        List<UUID> others =
                List.of(add(other, Priority.NORMAL), add(other, Priority.NORMAL), add(other, Priority.NORMAL));
        List<UUID> taken = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            taken.add(next(claims).orElseThrow().id());
        }
        assertThat(taken).containsAll(others);
    }

    /** While a report, or a backup, holds its snapshot open, vacuum removes nothing. */
    @Test
    void aClaimReadsAFewPagesAlsoAfterThousandsWereTakenAndAnOldTransactionIsOpen() throws SQLException {
        addTenThousand(Priority.NORMAL, "1 hour");
        try (Connection old = dataSource.getConnection();
                Statement statement = old.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("select count(*) from holovitals.users");
            Claims claims = new Claims(leases, new Worker("worker", LEASE, null));
            long turn = 0;
            for (int i = 0; i < 1_500; i++) {
                turn = next(claims).orElseThrow().state().turn();
            }
            String plan = String.join(
                    "\n", jdbc.sql("""
                            explain (analyze, buffers, costs off, timing off, summary off)
                            select id from holovitals.analysis_queue
                            where status = 'queued' and priority = 3 and turn >= ? and run_after <= now()
                            order by turn, id limit 1 for update skip locked
                            """).param(turn).query(String.class).list());
            old.rollback();
            assertThat(plan)
                    .contains("analysis_queue_turn_idx")
                    .doesNotContain("Seq Scan")
                    .doesNotContain("Sort");
            assertThat(hits(plan)).as(plan).isLessThan(250);
        }
    }

    private static int hits(String plan) {
        return Integer.parseInt(plan.replaceFirst("(?s).*?Buffers: shared hit=(\\d+).*", "$1"));
    }

    @Test
    void tasksThatWereLeftLyingComeBackAndAtTheLastAttemptTheyAreBuried() {
        UUID task = add(user("lost"), Priority.NORMAL);
        Claims claims = new Claims(leases, new Worker("worker", Duration.ofMillis(1), null));
        for (int attempt = 1; attempt <= 3; attempt++) {
            AnalysisTask claimed = next(claims).orElseThrow();
            assertThat(claimed.id()).isEqualTo(task);
            assertThat(claimed.state().attempts()).isEqualTo(attempt);
            expire(task);
            assertThat(leases.keep(claimed, LEASE))
                    .as("nobody has taken it yet")
                    .isTrue();
            expire(task);
            assertThat(leases.returnLost() == 1).isEqualTo(attempt < 3);
            assertThat(leases.progress(claimed, 1, "")).isEqualTo(attempt == 3);
        }
        assertThat(next(claims)).isEmpty();
        AnalysisTask exhausted =
                leases.takeExhausted(new Worker("worker", LEASE, null)).orElseThrow();
        assertThat(new TaskTransitions(jdbc).bury(exhausted, "left lying")).isTrue();
        assertThat(status(task)).isEqualTo("dead");
    }

    private void expire(UUID task) {
        jdbc.sql("update holovitals.analysis_queue set lease_until = now() - interval '1 second' where id = ?")
                .param(task)
                .update();
    }
}
