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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chain.Finding.Kind;
import org.holovitals.server.chain.Retention.Pruned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The log in the database, and its chain. */
final class StoredLogTest extends ServerTest {
    private static final int ROWS = 120;
    private static final int BATCH = 30;

    /** Each column of a row with something else in it. */
    private static final List<String> CHANGES = List.of(
            "id = gen_random_uuid()",
            "timestamp = timestamp + interval '1 microsecond'",
            "seq = seq + 100000",
            "user_id = null",
            "user_id = gen_random_uuid()",
            "client_id = 'app '",
            "session_id = null",
            "action = 'search'",
            "resource = 'Condition'",
            "resource_id = 'other'",
            "patients = '{}'",
            "patients = array['p-0']",
            "consents = '{}'",
            "is_about_everyone = true",
            "outcome = 'refused'",
            "severity = 'high'",
            "requires_review = true",
            "ip_address = '192.0.2.8'",
            "user_agent = ''",
            "details = details || '{\"n\": 0}'",
            "details = details - 'status'",
            "created_at = created_at - interval '1 microsecond'");

    /** Each column of a batch that is signed. */
    private static final List<String> BATCH_CHANGES = List.of(
            "number = number + 1000",
            "seqs = array_replace(seqs, seqs[1], seqs[1] - 1)",
            "row_hashes = set_byte(row_hashes, 5, (get_byte(row_hashes, 5) + 1) % 256)",
            "previous_hash = set_byte(previous_hash, 0, (get_byte(previous_hash, 0) + 1) % 256)",
            "hash = set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)",
            "signature = set_byte(signature, 9, (get_byte(signature, 9) + 1) % 256)",
            "signature = ''",
            "key_id = 'other'",
            "created_at = created_at + interval '1 microsecond'",
            "seqs = seqs[1:29], row_hashes = substring(row_hashes from 1 for 32 * 29)");

    private final Login login;
    private final JdbcClient jdbc;
    private final AuditChain chain;
    private final Random random = new Random(20261128);

    @Autowired
    StoredLogTest(Login login, JdbcClient jdbc, AuditChain chain) {
        this.login = login;
        this.jdbc = jdbc;
        this.chain = chain;
    }

    @Test
    void whateverIsDoneToItsTablesIsFound() throws SQLException {
        Clock clock = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
        try (OwnLog log = new OwnLog(login, clock)) {
            log.rows(ROWS, clock.instant().minusSeconds(600));
            Sequencer sequencer = log.sequencer(BATCH);
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < ROWS / BATCH; i++) {
                batches.add(log.next(sequencer));
            }
            Map<Long, Hash> anchors = Map.of(4L, batches.get(3).hash());
            assertThat(log.verify(anchors)).isEqualTo(new Verification(4, ROWS, 0, 0, 1, 4, 0, List.of()));

            List<Long> seqs =
                    batches.stream().flatMap(batch -> batch.seqs().stream()).toList();
            for (String change : CHANGES) {
                long seq = any(seqs);
                assertThat(after(log, anchors, "update holovitals.audit_logs set " + change + " where seq = " + seq))
                        .as(change)
                        .extracting(Finding::seq)
                        .contains(seq);
            }
            for (String change : BATCH_CHANGES) {
                long number = 1L + random.nextInt(4);
                assertThat(after(
                                log,
                                anchors,
                                "update holovitals.audit_batches set " + change + " where number = " + number))
                        .as(change)
                        .isNotEmpty();
            }
            removedAndAdded(log, anchors, seqs);
            cut(log, anchors, seqs);
        }
    }

    private void removedAndAdded(OwnLog log, Map<Long, Hash> anchors, List<Long> seqs) throws SQLException {
        long seq = any(seqs.subList(0, 60));
        long other = any(seqs.subList(60, 120));
        assertThat(after(log, anchors, "delete from holovitals.audit_logs where seq = " + seq))
                .containsExactly(new Finding(Kind.ROW_REMOVED, (seqs.indexOf(seq) / BATCH) + 1L, seq));
        assertThat(after(
                        log,
                        anchors,
                        "update holovitals.audit_logs set seq = " + seq + " + " + other + " - seq where seq in (" + seq
                                + ", " + other + ")"))
                .extracting(Finding::kind)
                .containsExactly(Kind.ROW_CHANGED, Kind.ROW_CHANGED);
        String copy = "insert into holovitals.audit_logs (id, timestamp, seq, action, resource, outcome, created_at)"
                + " select gen_random_uuid(), timestamp, %s, action, resource, outcome, created_at from holovitals.audit_logs where seq = "
                + seq;
        assertThat(after(log, anchors, copy.formatted(seq)))
                .extracting(Finding::kind)
                .contains(Kind.ROW_ADDED);
        assertThat(after(log, anchors, copy.formatted(-5))).containsExactly(new Finding(Kind.ROW_UNCHAINED, null, -5L));
        assertThat(after(log, anchors, copy.formatted(seqs.get(ROWS - 1) + 7)))
                .extracting(Finding::kind)
                .containsExactly(Kind.ROW_UNCHAINED);
    }

    private void cut(OwnLog log, Map<Long, Hash> anchors, List<Long> seqs) throws SQLException {
        String rows = "delete from holovitals.audit_logs where seq > " + seqs.get(ROWS - BATCH - 1);
        String batch = "delete from holovitals.audit_batches where number = 4";
        assertThat(after(log, anchors, rows)).hasSize(BATCH);
        assertThat(after(log, anchors, batch)).extracting(Finding::kind).contains(Kind.TAIL_CUT, Kind.ROW_UNCHAINED);
        assertThat(after(log, anchors, rows, batch)).containsExactly(new Finding(Kind.TAIL_CUT, 3L, null));
        assertThat(after(log, anchors, "delete from holovitals.audit_batches where number = 2"))
                .contains(new Finding(Kind.BATCH_MISSING, 3L, null));
        assertThat(after(log, Map.of(4L, Hash.NONE), "select 1"))
                .containsExactly(new Finding(Kind.ANCHOR_DIFFERS, 4L, null));
    }

    private List<Finding> after(OwnLog log, Map<Long, Hash> anchors, String... statements) throws SQLException {
        return log.verifyAfter(anchors, () -> {
                    for (String statement : statements) {
                        if (statement.startsWith("select")) {
                            continue;
                        }
                        assertThat(log.jdbc.sql(statement).update())
                                .as(statement)
                                .isPositive();
                    }
                })
                .findings();
    }

    private long any(List<Long> seqs) {
        return seqs.get(random.nextInt(seqs.size()));
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
                "update holovitals.access_logs set success = true",
                "delete from holovitals.access_logs",
                "insert into holovitals.audit_removals select * from holovitals.audit_removals",
                "delete from holovitals.audit_holds")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update())
                    .as(statement)
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
