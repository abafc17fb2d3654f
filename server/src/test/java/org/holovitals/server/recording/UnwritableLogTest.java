package org.holovitals.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever keeps the log from being written, nothing is answered until it is over, and then everything is. */
final class UnwritableLogTest extends ServerTest {
    private final Login login;
    private final JdbcClient owner;
    private final String name = "Org" + UUID.randomUUID();
    private String patient = "";

    @Autowired
    UnwritableLogTest(Login login) {
        this.login = login;
        this.owner = asOwner(login);
    }

    @BeforeEach
    void aPatient() {
        patient = client().create().resource(new Patient()).execute().getId().getIdPart();
    }

    @Test
    void theMonthHasNoPartition() {
        String month = owner.sql("select 'holovitals.audit_logs_' || to_char(now() at time zone 'UTC', 'YYYY_MM')")
                .query(String.class)
                .single();
        String bound = owner.sql("select pg_get_expr(relpartbound, oid) from pg_class where oid = cast(? as regclass)")
                .param(month)
                .query(String.class)
                .single();
        String reviews = owner.sql("select coalesce(jsonb_agg(r), '[]')::text from holovitals.audit_reviews r")
                .query(String.class)
                .single();
        owner.sql("delete from holovitals.audit_reviews").update();
        owner.sql("alter table holovitals.audit_logs detach partition " + month).update();
        try {
            // What has no partition of its own goes to the default one.
            assertAnswered();
            owner.sql("alter table holovitals.audit_logs detach partition holovitals.audit_logs_default")
                    .update();
            try {
                assertRefused();
            } finally {
                owner.sql("alter table holovitals.audit_logs attach partition holovitals.audit_logs_default default")
                        .update();
            }
        } finally {
            owner.sql("with moved as (delete from holovitals.audit_logs_default returning *) insert into " + month
                            + " select * from moved")
                    .update();
            owner.sql("alter table holovitals.audit_logs attach partition " + month + " " + bound)
                    .update();
            owner.sql("insert into holovitals.audit_reviews"
                            + " select * from jsonb_populate_recordset(null::holovitals.audit_reviews, ?::jsonb)")
                    .param(reviews)
                    .update();
        }
        assertAnswered();
    }

    @Test
    void somebodyLocksTheTable() throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table holovitals.audit_logs in access exclusive mode");
            assertRefused();
        }
        assertAnswered();
    }

    @Test
    void theDiskIsFull() {
        owner.sql("""
                        create function holovitals.disk_is_full() returns trigger language plpgsql as $$
                        begin
                          raise exception 'could not extend file: No space left on device' using errcode = '53100';
                        end
                        $$
                        """).update();
        owner.sql("create trigger full_disk before insert on holovitals.audit_logs"
                        + " for each row execute function holovitals.disk_is_full()")
                .update();
        try {
            assertRefused();
        } finally {
            owner.sql("drop function holovitals.disk_is_full() cascade").update();
        }
        assertAnswered();
    }

    /** As they are when PostgreSQL restarts; CrashTest restarts it. */
    @Test
    void itsConnectionsAreCut() {
        owner.sql("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where application_name = 'holovitals' and pid <> pg_backend_pid()
                        """).query(Boolean.class).list();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(this::assertAnswered);
    }

    private void assertRefused() {
        List<CompletableFuture<HttpResponse<String>>> asked = Stream.of(
                        request("/fhir/Patient/" + patient).GET(),
                        request("/api/me").GET(),
                        request("/fhir/Organization").POST(organization()))
                .map(request -> CompletableFuture.supplyAsync(() -> sendAs(TestIssuer.system(), request)))
                .toList();
        assertThat(asked).allSatisfy(one -> {
            HttpResponse<String> answer = one.get(20, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(answer.body())
                    .contains("recorded")
                    .containsAnyOf("OperationOutcome", "urn:holovitals:problem:audit-unavailable")
                    .doesNotContain("\"Patient\"", "audit_logs", name);
        });
    }

    /** And nothing of what was refused is there. */
    private void assertAnswered() {
        assertThat(sendAs(TestIssuer.system(), request("/fhir/Patient/" + patient))
                        .statusCode())
                .isEqualTo(200);
        assertThat(sendAs(TestIssuer.system(), request("/api/me")).statusCode()).isEqualTo(200);
        assertThat(sendAs(TestIssuer.system(), request("/fhir/Organization?name=" + name))
                        .body())
                .contains("\"total\":0");
        assertThat(sendAs(TestIssuer.system(), request("/fhir/Basic").POST(basic()))
                        .statusCode())
                .isEqualTo(201);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base().replaceFirst("/fhir$", path)))
                .header("Content-Type", "application/fhir+json");
    }

    private HttpRequest.BodyPublisher organization() {
        return HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Organization\",\"name\":\"" + name + "\"}");
    }

    private static HttpRequest.BodyPublisher basic() {
        return HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Basic\",\"code\":{\"text\":\"x\"}}");
    }
}
