package org.holovitals.server.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.holovitals.server.users.Revocations;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of jobs: their end, their time, and what a server leaves that dies. */
final class BulkJobsTest extends BulkFixture {
    private static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final JobEnds ends;
    private final Path directory;
    private final Revocations revocations;

    @Autowired
    BulkJobsTest(JdbcClient jdbc, JobEnds ends, BulkSettings settings, Revocations revocations) {
        this.jdbc = jdbc;
        this.ends = ends;
        this.directory = settings.directory();
        this.revocations = revocations;
    }

    /** A job as a server left it. */
    private URI left(String status, int attempts, Instant leaseUntil) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into holovitals.bulk_jobs (id, kind, status, client_id, subject, types, task, request_url,
                          attempts, lease_until, created_at)
                        values (?, 'export', ?, ?, ?, '{Organization}', ?::jsonb, 'http://127.0.0.1/fhir/$export', ?, ?, ?)
                        """)
                .param(id)
                .param(status)
                .param(key)
                .param(key)
                .param("""
                        {"level":"SYSTEM","patients":[],"group":null,"since":null,"until":null,"typeFilters":[],"elements":[],
                         "ignored":[]}""")
                .param(attempts)
                .param(leaseUntil.atOffset(ZoneOffset.UTC))
                .param(Instant.now().minusSeconds(5).atOffset(ZoneOffset.UTC))
                .update();
        return URI.create(base() + "/$export-poll-status?_jobId=" + id);
    }

    private void release(URI job) {
        jdbc.sql("update holovitals.bulk_jobs set lease_until = now() - interval '1 second' where id = ?")
                .param(id(job))
                .update();
    }

    @Test
    void whatAServerLeftLyingIsBegunAnew() throws IOException {
        URI job = left("running", 1, NEVER);
        HttpResponse<String> running = ask(owner(), job);
        assertThat(running.statusCode()).isEqualTo(202);
        assertThat(running.headers().firstValue("X-Progress")).contains("0 resources up to now");
        assertThat(running.headers().firstValue("Retry-After")).isPresent();
        Path half =
                Files.createDirectories(directory.resolve(id(job).toString())).resolve(".Organization-1.ndjson.part");
        Files.writeString(half, "{");
        release(job);
        HttpResponse<String> done = ended(owner(), job);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(half).doesNotExist();
    }

    @Test
    void whatWasLeftLyingTooOftenFailsWithAWord() throws IOException {
        URI job = left("running", JobEnds.MOST_ATTEMPTS, NEVER);
        release(job);
        ends.clean();
        HttpResponse<String> failed = ask(owner(), job);
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("OperationOutcome", "was interrupted 3 times", "start it again");
    }

    @Test
    void anExportOfAClientWhoseTokensWereEndedFails() {
        URI job = left("queued", 0, NEVER);
        revocations.add(new Revocations.Whose(null, null, key), Instant.now().plusSeconds(1));
        revocations.refresh();
        release(job);
        await().atMost(Duration.ofSeconds(20)).until(() -> status(job).equals("failed"));
        assertThat(jdbc.sql("select problem from holovitals.bulk_jobs where id = ?")
                        .param(id(job))
                        .query(String.class)
                        .single())
                .contains("may not do so any more");
    }

    private String status(URI job) {
        return jdbc.sql("select status from holovitals.bulk_jobs where id = ?")
                .param(id(job))
                .query(String.class)
                .single();
    }

    @Test
    void aJobThatItsClientEndsIsGoneWithItsFiles() {
        URI waiting = left("queued", 0, NEVER);
        assertThat(sendAs(owner(), HttpRequest.newBuilder(waiting).DELETE()).statusCode())
                .isEqualTo(202);
        assertThat(ask(owner(), waiting).statusCode()).isEqualTo(404);
        assertThat(sendAs(owner(), HttpRequest.newBuilder(waiting).DELETE()).statusCode())
                .isEqualTo(404);

        put("Organization", key + "-org", ",\"name\":\"General\"");
        HttpResponse<String> started = kickOff(owner(), "/$export?_type=Organization");
        JsonNode manifest = manifest(owner(), started);
        assertThat(directory.resolve(id(job(started)).toString())).isDirectory();
        assertThat(sendAs(owner(), HttpRequest.newBuilder(job(started)).DELETE())
                        .statusCode())
                .isEqualTo(202);
        assertThat(directory.resolve(id(job(started)).toString())).doesNotExist();
        assertThat(ask(owner(), URI.create(manifest.at("/output/0/url").asText()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoseTimeIsOverIsGoneWithItsFiles() throws IOException {
        put("Organization", key + "-org", ",\"name\":\"General\"");
        HttpResponse<String> started = kickOff(owner(), "/$export?_type=Organization");
        JsonNode manifest = manifest(owner(), started);
        jdbc.sql("update holovitals.bulk_jobs set expires_at = now() - interval '1 second' where id = ?")
                .param(id(job(started)))
                .update();
        assertThat(ask(owner(), job(started)).statusCode()).isEqualTo(404);
        assertThat(ask(owner(), URI.create(manifest.at("/output/0/url").asText()))
                        .statusCode())
                .isEqualTo(404);
        ends.clean();
        assertThat(directory.resolve(id(job(started)).toString())).doesNotExist();
    }

    @Test
    void moreThanMayWaitAreAskedToComeBack() {
        jdbc.sql("""
                        insert into holovitals.bulk_jobs (id, kind, status, client_id, subject, types, task, request_url, lease_until,
                          created_at)
                        select gen_random_uuid(), 'export', 'queued', ?, ?, '{}', '{}', '', '2999-01-01', now()
                        from generate_series(1, 22)
                        """).param(key).param(key).update();
        try {
            HttpResponse<String> refused = kickOff(owner(), "/$export?_type=Organization");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("60");
            assertThat(refused.body()).contains("OperationOutcome", "throttled");
        } finally {
            jdbc.sql("delete from holovitals.bulk_jobs where client_id = ?")
                    .param(key)
                    .update();
        }
        assertThat(kickOff(owner(), "/$export?_type=Organization").statusCode()).isEqualTo(202);
    }
}
