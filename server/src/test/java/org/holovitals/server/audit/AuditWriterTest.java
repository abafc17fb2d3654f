package org.holovitals.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.holovitals.server.ServerTest;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class AuditWriterTest extends ServerTest {
    private static final int THREADS = 50;
    private static final int ENTRIES = 20;

    private final AuditWriter writer;
    private final JdbcClient jdbc;
    private final MeterRegistry metrics;
    private final String client = "client-" + UUID.randomUUID();

    @Autowired
    AuditWriterTest(AuditWriter writer, JdbcClient jdbc, MeterRegistry metrics) {
        this.writer = writer;
        this.jdbc = jdbc;
        this.metrics = metrics;
    }

    @Test
    void manyThreadsShareCommitsAndEachHasItsRow() throws Exception {
        DistributionSummary commits =
                metrics.get("holovitals.audit.commit.rows").summary();
        long before = commits.count();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch together = new CountDownLatch(THREADS);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            done.add(threads.submit(() -> {
                together.countDown();
                together.await();
                for (int entry = 0; entry < ENTRIES; entry++) {
                    writer.write(entry(Map.of("n", entry)));
                }
                return true;
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        threads.shutdown();

        assertThat(rows()).isEqualTo(THREADS * ENTRIES);
        assertThat(commits.count() - before).isBetween(1L, THREADS * ENTRIES / 2L);
        assertThat(commits.max()).isGreaterThan(1);
    }

    @Test
    void whatNoColumnHoldsIsCutAndNeverRefused() {
        writer.write(new AuditEntry(
                Instant.now(),
                new Who(null, client, "s".repeat(1000), null, "agent\0of a\ud800browser".repeat(100)),
                "read",
                "Observation",
                "i".repeat(5000),
                new About(java.util.Set.of("b", "a"), java.util.Set.of(), false),
                Outcome.SUCCESS,
                Severity.LOW,
                false,
                Map.of("text", "\0 and \\u0000", "more", List.of("\0"))));

        assertThat(jdbc.sql("""
                        select length(resource_id) || ' ' || length(session_id) || ' ' || length(user_agent) || ' ' || patients::text
                          || ' ' || details::text
                        from holovitals.audit_logs where client_id = ?
                        """).param(client).query(String.class).single())
                .isEqualTo("200 300 300 {a,b} {\"more\": [\"\ufffd\"], \"text\": \"\ufffd and \\\\u0000\"}");
    }

    @Test
    void oneThatTheTableDoesNotTakeKeepsOutNoOther() throws Exception {
        List<String> written = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (AuditWriter own = new AuditWriter(
                        entries -> {
                            await(begun, goOn);
                            if (entries.stream()
                                    .anyMatch(entry -> entry.details().containsKey("bad"))) {
                                throw new DataIntegrityViolationException("bad");
                            }
                            entries.forEach(entry ->
                                    written.add(String.valueOf(entry.details().get("n"))));
                        },
                        Duration.ofSeconds(20))
                .start()) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            Future<?> first = threads.submit(() -> own.write(entry(Map.of("n", 1))));
            begun.await();
            Future<?> second = threads.submit(() -> own.write(entry(Map.of("n", 2))));
            Future<?> bad = threads.submit(() -> own.write(entry(Map.of("bad", true))));
            Future<?> third = threads.submit(() -> own.write(entry(Map.of("n", 3))));
            goOn.countDown();
            for (Future<?> one : List.of(first, second, third)) {
                one.get();
            }
            assertThatThrownBy(bad::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuditUnavailable.class);
            threads.shutdown();
        }
        assertThat(written).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void whoWaitsTooLongIsTold() {
        CountDownLatch never = new CountDownLatch(1);
        try (AuditWriter own =
                new AuditWriter(entries -> await(new CountDownLatch(1), never), Duration.ofMillis(50)).start()) {
            assertThatThrownBy(() -> own.write(entry(Map.of()))).isInstanceOf(AuditUnavailable.class);
            never.countDown();
        }
    }

    private static void await(CountDownLatch begun, CountDownLatch goOn) {
        try {
            begun.countDown();
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int rows() {
        return jdbc.sql("select count(*) from holovitals.audit_logs where client_id = ?")
                .param(client)
                .query(Integer.class)
                .single();
    }

    private AuditEntry entry(Map<String, Object> details) {
        return new AuditEntry(
                Instant.now(),
                new Who(null, client, null, null, null),
                "read",
                "Patient",
                null,
                About.NOBODY,
                Outcome.SUCCESS,
                Severity.LOW,
                false,
                details);
    }
}
