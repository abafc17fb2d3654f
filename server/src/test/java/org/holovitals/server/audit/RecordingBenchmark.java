package org.holovitals.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.audit.AuditConfiguration.WriterConnection;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.base.Ids;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What the audit log costs, with a disk that is waited for. No test: docs/benchmarks/audit.sh runs it. */
final class RecordingBenchmark extends ServerTest {
    private static final Logger log = LoggerFactory.getLogger(RecordingBenchmark.class);
    private static final Duration ROUND = Duration.ofSeconds(Long.getLong("holovitals.benchmark.seconds", 8));
    private static final int ROUNDS = 5;
    private static final int CLIENTS = 16;

    /** Whether rows are written and waited for. */
    private static final AtomicBoolean RECORDED = new AtomicBoolean(true);

    private final HttpClient http = HttpClient.newHttpClient();
    private final WriterConnection connection;

    @Autowired
    RecordingBenchmark(WriterConnection connection) {
        this.connection = connection;
    }

    @DynamicPropertySource
    static void aDiskThatIsWaitedFor(DynamicPropertyRegistry properties) {
        properties.add("holovitals.database.durable", () -> "true");
        properties.add("holovitals.database.directory", RecordingBenchmark::directory);
    }

    private static String directory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "benchmark")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestConfiguration
    static class Switch {
        @Bean(destroyMethod = "close")
        @Primary
        AuditWriter switchedWriter(WriterConnection connection, Ids ids) {
            return new AuditWriter(entries -> commit(connection, ids, entries), Duration.ofSeconds(5)).start();
        }

        private static void commit(WriterConnection connection, Ids ids, Collection<AuditEntry> entries) {
            if (RECORDED.get()) {
                RecordingBenchmark.commit(connection, ids, entries);
            }
        }
    }

    private static void commit(WriterConnection connection, Ids ids, Collection<AuditEntry> entries) {
        new TransactionTemplate(new DataSourceTransactionManager(connection.pool()))
                .executeWithoutResult(
                        status -> new AuditLogs(JdbcClient.create(connection.pool()), ids).append(entries));
    }

    @Test
    void readsWithAndWithoutTheirRows() throws Exception {
        String patient =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        URI read = URI.create(base() + "/Patient/" + patient);
        URI search = URI.create(base() + "/Observation?subject=Patient/" + patient);
        compare("read by id", read);
        compare("search", search);
    }

    private void compare(String name, URI uri) throws Exception {
        rate(uri);
        long[] with = new long[ROUNDS];
        long[] without = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            RECORDED.set(false);
            without[round] = rate(uri);
            RECORDED.set(true);
            with[round] = rate(uri);
        }
        log.info(
                "{} clients, {}: {}/s with rows {}, {}/s without {}: {} of the throughput is kept",
                CLIENTS,
                name,
                median(with),
                Arrays.toString(with),
                median(without),
                Arrays.toString(without),
                String.format(Locale.ROOT, "%.2f", (double) median(with) / median(without)));
    }

    private long rate(URI uri) throws Exception {
        String token = TestIssuer.system();
        return parallel(CLIENTS, () -> {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
        });
    }

    @Test
    void rowsByGroupCommitAndByACommitEach() throws Exception {
        for (int threads : new int[] {1, 4, 16, 64}) {
            long each = rowsEach(threads);
            long group = rowsInGroups(threads);
            log.info("{} threads: {} rows/s by group commit, {} rows/s by a commit each", threads, group, each);
        }
    }

    private long rowsInGroups(int threads) throws Exception {
        try (AuditWriter writer =
                new AuditWriter(entries -> commit(connection, new Ids(), entries), Duration.ofSeconds(10)).start()) {
            return parallel(threads, () -> writer.write(entry()));
        }
    }

    private long rowsEach(int threads) throws Exception {
        return parallel(threads, () -> {
            synchronized (connection) {
                commit(connection, new Ids(), List.of(entry()));
            }
        });
    }

    /** Something that is done again and again. */
    @FunctionalInterface
    private interface Work {
        void once() throws IOException, InterruptedException;
    }

    private static long parallel(int threads, Work work) throws Exception {
        AtomicLong done = new AtomicLong();
        Instant end = Instant.now().plus(ROUND);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                while (Instant.now().isBefore(end)) {
                    work.once();
                    done.incrementAndGet();
                }
                return true;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        pool.shutdown();
        return done.get() / ROUND.toSeconds();
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static AuditEntry entry() {
        return new AuditEntry(
                Instant.now(),
                new Who(null, "benchmark", null, null, null),
                "read",
                "Patient",
                null,
                About.patient("p"),
                Outcome.SUCCESS,
                Severity.LOW,
                false,
                Map.of("status", 200, "method", "GET"));
    }
}
