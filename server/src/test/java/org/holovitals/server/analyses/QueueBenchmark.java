package org.holovitals.server.analyses;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.holovitals.migrations.Login;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many tasks a second are taken and ended, by turns and by plain SKIP LOCKED, also while an old transaction is open. */
final class QueueBenchmark extends AnalysisFixture {
    private static final Logger LOG = LoggerFactory.getLogger(QueueBenchmark.class);
    private static final int USERS = 100;
    private static final int TASKS_OF_A_USER = 100;
    private static final int THREADS = 4;
    private static final int ROUNDS = 3;
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final TaskLeases leases;
    private final DataSource dataSource;
    private final Login login;

    @Autowired
    QueueBenchmark(JdbcClient jdbc, TaskLeases leases, DataSource dataSource, Login login) {
        super(jdbc);
        this.login = login;
        this.leases = leases;
        this.dataSource = dataSource;
    }

    /** Takes a task and ends it; false when there is none. */
    @FunctionalInterface
    private interface Taking {
        boolean once();
    }

    @Test
    void turnsAndPlainSkipLocked() throws Exception {
        record();
        asOwner(login).sql("""
                        create index if not exists plain_idx on holovitals.analysis_queue (priority, created_at)
                        where status = 'queued'
                        """).update();
        for (int round = 1; round <= ROUNDS; round++) {
            LOG.info("round {}: plain SKIP LOCKED {} tasks/s, turns {} tasks/s", round, run(this::plain), turns());
            try (Connection old = dataSource.getConnection();
                    Statement statement = old.createStatement()) {
                hold(old, statement);
                LOG.info(
                        "round {}, an old transaction open: plain SKIP LOCKED {} tasks/s, turns {} tasks/s",
                        round,
                        run(this::plain),
                        turns());
                old.rollback();
            }
        }
    }

    private static void hold(Connection old, Statement statement) throws SQLException {
        old.setAutoCommit(false);
        old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        statement.execute("select count(*) from holovitals.users");
    }

    private long turns() throws InterruptedException, ExecutionException {
        Claims claims = new Claims(leases, new TaskLeases.Worker("benchmark", LEASE, null));
        return run(() -> claims.next()
                .map(task -> new TaskTransitions(jdbc).complete(task, "sealed", null))
                .orElse(false));
    }

    private boolean plain() {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'processing', lease_owner = 'plain', lease_until = now() + interval '5 minutes'
                        where id = (select id from holovitals.analysis_queue where status = 'queued'
                          order by priority, created_at limit 1 for update skip locked)
                        returning id
                        """)
                .query(UUID.class)
                .optional()
                .map(id -> jdbc.sql("""
                                        update holovitals.analysis_queue set status = 'completed', lease_owner = null,
                                          lease_until = null where id = ?
                                        """).param(id).update() == 1)
                .orElse(false);
    }

    private long run(Taking taking) throws InterruptedException, ExecutionException {
        fill();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long began = System.nanoTime();
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Callable<Integer> work = () -> {
                int done = 0;
                while (taking.once()) {
                    done++;
                }
                return done;
            };
            counts.add(threads.submit(work));
        }
        long done = 0;
        for (Future<Integer> count : counts) {
            done += count.get();
        }
        threads.shutdown();
        return done * Duration.ofSeconds(1).toNanos() / (System.nanoTime() - began);
    }

    private void fill() {
        jdbc.sql("delete from holovitals.analysis_queue").update();
        for (int i = 0; i < USERS; i++) {
            UUID user = UUID.randomUUID();
            jdbc.sql("insert into holovitals.users (id, subject, email) values (?, ?, ?)")
                    .params(user, "benchmark-" + user, user + "@benchmark.test")
                    .update();
            jdbc.sql("""
                            insert into holovitals.analysis_queue (id, user_id, type, priority, prompt, model_provider,
                              recommended_model, consent_snapshot, due_at, turn)
                            select gen_random_uuid(), ?, 'complex_query', 3, 'sealed', 'local', 'extracts', '{}',
                              now() + interval '1 hour', n from generate_series(1, ?) n
                            """).params(user, TASKS_OF_A_USER).update();
        }
        jdbc.sql("analyze holovitals.analysis_queue").update();
    }
}
