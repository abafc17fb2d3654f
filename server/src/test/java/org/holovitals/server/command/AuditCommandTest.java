package org.holovitals.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.holovitals.migrations.Login;
import org.holovitals.server.chain.ChainSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code audit} as an operator runs it beside a server. */
final class AuditCommandTest extends OperatorFixture {
    private final JdbcClient owner;

    @Autowired
    AuditCommandTest(Login login, ChainSettings chain) {
        super(login, "holovitals.audit.directory", chain.directory());
        this.owner = asOwner(login);
    }

    @Test
    void verifyNamesWhatWasTamperedWithAndAFileProvesItself(@TempDir Path directory) throws Exception {
        get("/Organization");
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> unchained() == 0);
        String file = directory.resolve("audit.ndjson.gz").toString();
        assertThat(run("audit", "export", file))
                .matches(ran -> ran.code() == 0)
                .extracting(Ran::out)
                .asString()
                .matches("[\\d,]+ rows to \\S+; `audit key` prints the key that proves them.\\n");
        Ran key = run("audit", "key");
        assertThat(key.out()).startsWith("-----BEGIN PUBLIC KEY-----");
        String pem =
                Files.writeString(directory.resolve("public.pem"), key.out()).toString();
        Ran proved = run("audit", "verify", "--file", file, "--key", pem);
        assertThat(proved.code()).isZero();
        assertThat(proved.lines())
                .singleElement()
                .asString()
                .matches(
                        "[\\d,]+ rows in batches 1 to [\\d,]+; 0 dropped after their time, 0 not chained yet; nothing is wrong");

        assertThat(run("audit", "verify").lines()).last().asString().endsWith("nothing is wrong");
        long seq = owner.sql("select seqs[1] from holovitals.audit_batches where number = 1")
                .query(Long.class)
                .single();
        turn(seq);
        try {
            Ran tampered = run("audit", "verify");
            assertThat(tampered.code()).isEqualTo(1);
            assertThat(tampered.lines()).first().isEqualTo("batch 1, row " + seq + ": the row was changed");
            assertThat(tampered.lines()).last().asString().endsWith("1 are wrong");
        } finally {
            turn(seq);
        }
        assertThat(run("audit", "verify").code()).isZero();
    }

    /** Done twice, the row is as it was. */
    private void turn(long seq) {
        assertThat(owner.sql("update holovitals.audit_logs set requires_review = not requires_review where seq = ?")
                        .param(seq)
                        .update())
                .isEqualTo(1);
    }

    private long unchained() {
        return owner.sql("""
                        select count(*) from holovitals.audit_logs
                        where seq not in (select unnest(seqs) from holovitals.audit_batches)
                        """).query(Long.class).single();
    }

    @Test
    void aMonthOfTheRemotePastIsHeldAndThenDropped() {
        owner.sql("select holovitals.create_audit_logs_partition('2009-03-01')")
                .query(String.class)
                .single();
        String hold =
                run("audit", "hold", "2009-01", "2009-12", "a lawsuit").out().strip();
        assertThat(UUID.fromString(hold)).isNotNull();
        assertThat(run("audit", "holds").lines())
                .anyMatch(line -> line.startsWith(hold + "  2009-01 to 2009-12  a lawsuit ("));
        assertThat(run("audit", "prune").lines()).contains("2009-03 is held");

        assertThat(run("audit", "release", hold)).isEqualTo(new Ran(0, "The hold is released.\n", ""));
        assertThat(run("audit", "release", hold))
                .isEqualTo(new Ran(1, "There is no such hold, or it is released already.\n", ""));
        assertThat(run("audit", "prune").lines()).contains("2009-03: 0 rows dropped");
        assertThat(run("audit", "prune").lines()).noneMatch(line -> line.startsWith("2009-03"));
        assertThat(owner.sql("""
                        select action from holovitals.audit_logs
                        where client_id = 'command' and (resource_id = ? or resource_id = '2009-03') order by seq
                        """).param(hold).query(String.class).list())
                .containsExactly("hold-audit-log", "release-audit-log", "prune-audit-log");
    }

    @Test
    void whatCannotBeMeantIsSaidInALine(@TempDir Path directory) throws Exception {
        String file = Files.writeString(directory.resolve("there.ndjson"), "nothing\n")
                .toString();
        String absent = directory.resolve("absent").toString();
        refused(2, "--file and --key belong together", "verify", "--file", file);
        refused(2, "--file and --key belong together", "verify", "--key", file);
        refused(1, "absent cannot be read", "verify", "--file", absent, "--key", key(directory));
        refused(1, "there.ndjson holds no public Ed25519 key in PEM", "verify", "--file", file, "--key", file);
        refused(2, "there.ndjson exists already", "export", file);
        refused(2, "Invalid value for option '--from'", "export", absent, "--from", "yesterday");
        refused(2, "Missing required parameter: 'FILE'", "export");
        refused(2, "The last month is before the first", "hold", "2026-02", "2026-01", "a reason");
        refused(2, "Invalid value for positional parameter", "hold", "February", "2026-01", "a reason");
        refused(2, "Missing required parameter: 'REASON'", "hold", "2026-01", "2026-02");
        refused(2, "Invalid value for positional parameter", "release", "no-id");
        refused(2, "Unmatched argument", "verify", "everything");
        Ran read = run("audit", "verify", "--file", file, "--key", key(directory));
        assertThat(read.code()).isEqualTo(1);
        assertThat(read.lines()).first().isEqualTo("a line cannot be read");
    }

    private String key(Path directory) throws Exception {
        Path pem = directory.resolve("key.pem");
        if (Files.notExists(pem)) {
            Files.writeString(pem, run("audit", "key").out());
        }
        return pem.toString();
    }

    private void refused(int code, String reason, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "audit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Ran ran = run(all);
        assertThat(ran.code()).as(ran.err()).isEqualTo(code);
        assertThat(ran.err()).contains(reason).doesNotContain("\tat ");
    }
}
