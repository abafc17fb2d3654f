package org.holovitals.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.Load;
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
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the audit log costs, with a disk that is waited for. No test: docs/benchmarks/audit.sh runs it. */
@Import(SwitchedWriter.class)
final class RecordingBenchmark extends ServerTest {
    private static final Logger log = LoggerFactory.getLogger(RecordingBenchmark.class);
    private static final int ROUNDS = 5;
    private static final int CLIENTS = 16;

    private final HttpClient http = HttpClient.newHttpClient();
    private final WriterConnection connection;

    @Autowired
    RecordingBenchmark(WriterConnection connection) {
        this.connection = connection;
    }

    @DynamicPropertySource
    static void aDiskThatIsWaitedFor(DynamicPropertyRegistry properties) {
        properties.add("holovitals.database.durable", () -> "true");
        properties.add(
                "holovitals.database.directory", () -> newDirectory("benchmark").toString());
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
            SwitchedWriter.records(false);
            without[round] = rate(uri);
            SwitchedWriter.records(true);
            with[round] = rate(uri);
        }
        log.info(
                "{} clients, {}: {}/s with rows {}, {}/s without {}: {} of the throughput is kept",
                CLIENTS,
                name,
                Load.median(with),
                Arrays.toString(with),
                Load.median(without),
                Arrays.toString(without),
                String.format(Locale.ROOT, "%.2f", (double) Load.median(with) / Load.median(without)));
    }

    private long rate(URI uri) throws Exception {
        String token = TestIssuer.system();
        return Load.rate(CLIENTS, thread -> {
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
        try (AuditWriter writer = new AuditWriter(
                        entries -> SwitchedWriter.commit(connection, new Ids(), entries), Duration.ofSeconds(10))
                .start()) {
            return Load.rate(threads, thread -> writer.write(entry()));
        }
    }

    private long rowsEach(int threads) throws Exception {
        return Load.rate(threads, thread -> {
            synchronized (connection) {
                SwitchedWriter.commit(connection, new Ids(), List.of(entry()));
            }
        });
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
