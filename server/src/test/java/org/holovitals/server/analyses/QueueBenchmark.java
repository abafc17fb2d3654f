package org.holovitals.server.analyses;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.holovitals.migrations.Login;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many tasks a second are taken and ended, by turns and by plain SKIP LOCKED, also while an old transaction is open; and how
 * long those wait who come while thousands of others' tasks do.
 */
final class QueueBenchmark extends AnalysisFixture {
    private static final Logger LOG = LoggerFactory.getLogger(QueueBenchmark.class);
    private static final int USERS = 100;
    private static final int TASKS_OF_A_USER = Integer.getInteger("holovitals.benchmark.tasks", 100);
    private static final int ROUNDS = Integer.getInteger("holovitals.benchmark.rounds", 3);
    private static final int THREADS = 4;
    private static final long BETWEEN_ARRIVALS_MILLIS = 50;
    private static final double NANOS_IN_MILLI = 1e6;
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final TaskLeases leases;
    private final DataSource dataSource;
    private final Login login;
    private final List<UUID> users = new ArrayList<>();

    @Autowired
    QueueBenchmark(JdbcClient jdbc, TaskLeases leases, DataSource dataSource, Login login) {
        super(jdbc);
        this.login = login;
        this.leases = leases;
        this.dataSource = dataSource;
    }

    /** How tasks are taken and ended. */
    private interface Way {
        Optional<UUID> take();

        void end(UUID task);
    }

    @Test
    void turnsAndPlainSkipLocked() throws Exception {
        for (int i = 0; i < USERS; i++) {
            users.add(user());
        }
        asOwner(login).sql("""
                        create index if not exists plain_idx on holovitals.analysis_queue (priority, created_at)
                        where status = 'queued'
                        """).update();
        LOG.info("| round | | tasks/s | wait of a new user's task: median, most | of an urgent task: median, most |");
        for (int round = 1; round <= ROUNDS; round++) {
            run(round + " | plain", new Plain());
            run(round + " | turns", new Turns());
            try (Connection old = dataSource.getConnection();
                    Statement statement = old.createStatement()) {
                hold(old, statement);
                run(round + ", an old transaction open | plain", new Plain());
                run(round + ", an old transaction open | turns", new Turns());
                old.rollback();
            }
        }
    }

    private static void hold(Connection old, Statement statement) throws SQLException {
        old.setAutoCommit(false);
        old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        statement.execute("select count(*) from holovitals.users");
    }

    private final class Turns implements Way {
        private final Claims claims = new Claims(leases, new TaskLeases.Worker("benchmark", LEASE, null));
        private final Map<UUID, AnalysisTask> taken = new ConcurrentHashMap<>();
        private final TaskTransitions transitions = new TaskTransitions(jdbc);

        @Override
        public Optional<UUID> take() {
            Optional<AnalysisTask> task = claims.next();
            task.ifPresent(each -> taken.put(each.id(), each));
            return task.map(AnalysisTask::id);
        }

        @Override
        public void end(UUID task) {
            transitions.complete(taken.remove(task), "sealed", null);
        }
    }

    private final class Plain implements Way {
        @Override
        public Optional<UUID> take() {
            return jdbc.sql("""
                            update holovitals.analysis_queue
                            set status = 'processing', lease_owner = 'plain', lease_until = now() + interval '5 minutes'
                            where id = (select id from holovitals.analysis_queue where status = 'queued'
                              order by priority, created_at limit 1 for update skip locked)
                            returning id
                            """).query(UUID.class).optional();
        }

        @Override
        public void end(UUID task) {
            jdbc.sql("""
                            update holovitals.analysis_queue set status = 'completed', lease_owner = null, lease_until = null
                            where id = ?
                            """).param(task).update();
        }
    }

    /** How long a task waited. */
    private record Wait(@Nullable Priority priority, double millis) {}

    /** Those who come while others wait, and for how long they waited. */
    private final class Arrivals implements AutoCloseable {
        private final Map<UUID, Long> waiting = new ConcurrentHashMap<>();
        private final List<Wait> waits = new CopyOnWriteArrayList<>();
        private final Map<UUID, Priority> priorities = new ConcurrentHashMap<>();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger number = new AtomicInteger();

        void start() {
            var unused = clock.scheduleAtFixedRate(
                    this::arrive, BETWEEN_ARRIVALS_MILLIS, BETWEEN_ARRIVALS_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void arrive() {
            Priority priority = number.incrementAndGet() % 2 == 0 ? Priority.URGENT : Priority.NORMAL;
            UUID user = user();
            UUID id = UUID.randomUUID();
            priorities.put(id, priority);
            waiting.put(id, System.nanoTime());
            jdbc.sql("""
                            insert into holovitals.analysis_queue (id, user_id, type, priority, prompt, model_provider,
                              recommended_model, consent_snapshot, due_at, turn)
                            values (:id, :user, 'complex_query', :priority, 'sealed', 'local', 'extracts', '{}',
                              now() + interval '1 hour',
                            """ + TaskRows.TURN + ")")
                    .param("id", id)
                    .param("user", user)
                    .param("priority", priority.number())
                    .update();
        }

        void taken(UUID task) {
            Long since = waiting.remove(task);
            if (since != null) {
                waits.add(new Wait(priorities.get(task), (System.nanoTime() - since) / NANOS_IN_MILLI));
            }
        }

        /** They end when the others have: whoever comes then waits for nobody. */
        @Override
        public void close() {
            clock.shutdownNow();
        }

        String of(Priority priority) {
            List<Double> sorted = waits.stream()
                    .filter(wait -> wait.priority() == priority)
                    .map(Wait::millis)
                    .sorted()
                    .toList();
            return sorted.isEmpty()
                    ? "none was taken before"
                    : "%,.0f ms, %,.0f ms".formatted(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
        }
    }

    private void run(String name, Way way) throws InterruptedException, ExecutionException {
        fill();
        AtomicInteger left = new AtomicInteger(USERS * TASKS_OF_A_USER);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long began = System.nanoTime();
        AtomicInteger done = new AtomicInteger();
        try (Arrivals arrivals = new Arrivals()) {
            arrivals.start();
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                working.add(threads.submit(() -> {
                    Optional<UUID> task = way.take();
                    while (task.isPresent() && left.get() > 0) {
                        arrivals.taken(task.get());
                        way.end(task.get());
                        done.incrementAndGet();
                        left.decrementAndGet();
                        task = way.take();
                    }
                }));
            }
            for (Future<?> each : working) {
                each.get();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            LOG.info(
                    "| {} | {} | {} | {} |",
                    name,
                    String.format(Locale.ROOT, "%,.0f", done.get() / seconds),
                    arrivals.of(Priority.NORMAL),
                    arrivals.of(Priority.URGENT));
        }
        threads.shutdown();
    }

    private UUID user() {
        UUID user = UUID.randomUUID();
        jdbc.sql("insert into holovitals.users (id, subject, email) values (?, ?, ?)")
                .params(user, "benchmark-" + user, user + "@benchmark.test")
                .update();
        return user;
    }

    private void fill() {
        jdbc.sql("delete from holovitals.analysis_queue").update();
        for (UUID user : users) {
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
