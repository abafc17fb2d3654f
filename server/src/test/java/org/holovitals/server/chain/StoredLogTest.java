package org.holovitals.server.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chain.Retention.Pruned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The log in the database, and its chain. */
final class StoredLogTest extends ServerTest {
    private final Login login;
    private final JdbcClient jdbc;
    private final AuditChain chain;

    @Autowired
    StoredLogTest(Login login, JdbcClient jdbc, AuditChain chain) {
        this.login = login;
        this.jdbc = jdbc;
        this.chain = chain;
    }

    @Test
    void aRowThatAppearsLateIsChainedAndAnotherServerGoesOnWhereTheFirstStopped() throws SQLException {
        try (OwnLog log = new OwnLog(login, Clock.systemUTC())) {
            log.rows(10, Instant.now());
            List<Long> seqs = log.jdbc
                    .sql("select seq from holovitals.audit_logs order by seq")
                    .query(Long.class)
                    .list();
            log.jdbc
                    .sql(
                            "create temporary table late on commit drop as select * from holovitals.audit_logs where seq in (?, ?)")
                    .params(seqs.get(3), seqs.get(6))
                    .update();
            log.jdbc
                    .sql("delete from holovitals.audit_logs where seq in (select seq from late)")
                    .update();
            Sequencer first = log.sequencer(100);
            assertThat(log.next(first).seqs()).hasSize(8).doesNotContain(seqs.get(3));

            log.jdbc
                    .sql("insert into holovitals.audit_logs select * from late where seq = ?")
                    .param(seqs.get(3))
                    .update();
            assertThat(log.next(first).seqs()).containsExactly(seqs.get(3));
            log.jdbc
                    .sql("insert into holovitals.audit_logs select * from late where seq = ?")
                    .param(seqs.get(6))
                    .update();
            assertThat(log.next(log.sequencer(100)).seqs()).containsExactly(seqs.get(6));
            assertThat(log.verify(Map.of())).isEqualTo(new Verification(3, 10, 0, 0, 1, 3, 0, List.of()));
        }
    }

    @Test
    void aMonthIsDroppedAfterSevenYearsUnlessItIsHeld() throws SQLException {
        Instant then = Instant.parse("2019-02-10T12:00:00Z");
        try (OwnLog log = new OwnLog(login, Clock.fixed(then.plusSeconds(5), ZoneOffset.UTC))) {
            log.jdbc
                    .sql("select holovitals.create_audit_logs_partition('2019-02-01')")
                    .query(String.class)
                    .single();
            log.rows(20, then);
            log.next(log.sequencer(100));
            Retention early = retention(log, "2026-02-28T23:00:00Z");
            Retention due = retention(log, "2026-03-01T01:00:00Z");

            assertThat(early.prune()).isEmpty();
            YearMonth month = YearMonth.of(2019, 2);
            var hold = due.hold(YearMonth.of(2019, 1), month, "a lawsuit");
            assertThat(due.prune()).containsExactly(new Pruned(month, 0, true));
            assertThat(due.release(hold)).isTrue();
            assertThat(due.release(hold)).isFalse();
            assertThat(due.prune()).containsExactly(new Pruned(month, 20, false));

            Verification found = new Verifier(
                            KnownKeys.of(log.key.open()), AnchorCheck.NONE, Instant.parse("2026-03-01T01:00:00Z"))
                    .of(new StoredTrail(log.batches(), new Lines(log.jdbc), new Removals(log.jdbc, new Ids())));
            assertThat(found).isEqualTo(new Verification(1, 0, 20, 3, 1, 1, 0, List.of()));
            assertThat(log.jdbc
                            .sql("select string_agg(action, ' ' order by seq) from holovitals.audit_logs")
                            .query(String.class)
                            .single())
                    .isEqualTo("hold-audit-log release-audit-log prune-audit-log");
        }
    }

    private static Retention retention(OwnLog log, String now) {
        return new Retention(
                log.jdbc,
                TransactionOperations.withoutTransaction(),
                "somebody",
                new Ids(),
                Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    @Test
    void theServerChainsWhatIsWrittenAndProvesIt(@TempDir Path directory) throws Exception {
        get("/Organization");
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(unchained())
                .isZero());
        HttpResponse<String> checked = audit("/verify");
        assertThat(checked.statusCode()).isEqualTo(200);
        assertThat(checked.body()).startsWith("{\"intact\":true,\"first\":null,");

        Path file = Files.writeString(
                directory.resolve("audit.ndjson"), audit("/export").body(), StandardCharsets.UTF_8);
        Path key = Files.writeString(directory.resolve("key.pem"), chain.publicKey());
        Verification found = AuditChain.verifyFile(file, List.of(key), Clock.systemUTC());
        assertThat(found.findings()).isEmpty();
        assertThat(found.rows()).isPositive();
        assertThat(audit("/keys").body()).contains("PUBLIC KEY");
        assertThat(audit("/export?from=2100-01-01T00:00:00Z").body().lines()).hasSize(2);
    }

    private HttpResponse<String> audit(String path) {
        return sendAs(
                TestIssuer.user("compliance", "openid"),
                HttpRequest.newBuilder(URI.create(base().replaceFirst("/fhir$", "/api/audit" + path)))
                        .timeout(Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(1))));
    }

    private long unchained() {
        return jdbc.sql("""
                        select count(*) from holovitals.audit_logs where seq not in (select unnest(seqs) from holovitals.audit_batches)
                        """).query(Long.class).single();
    }

    @Test
    void theServersRoleCanOnlyAdd() {
        for (String statement : List.of(
                "update holovitals.audit_logs set outcome = 'success'",
                "delete from holovitals.audit_logs",
                "truncate holovitals.audit_logs",
                "update holovitals.audit_batches set number = number",
                "delete from holovitals.audit_batches",
                "update holovitals.consent_versions set version = 0",
                "delete from holovitals.consent_versions",
                "insert into holovitals.audit_removals select * from holovitals.audit_removals",
                "delete from holovitals.audit_holds")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update())
                    .as(statement)
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
