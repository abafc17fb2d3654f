package org.holovitals.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.vault.Vault;
import org.holovitals.server.vault.VaultSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picocli.CommandLine;

/** {@code keys} as an operator runs it beside a server. */
final class KeysCommandTest extends ServerTest {
    private final Vault vault;
    private final Login login;
    private final Map<String, String> settings;
    private final Map<String, @Nullable String> before = new HashMap<>();

    @Autowired
    KeysCommandTest(Vault vault, Login login, VaultSettings keys) {
        this.vault = vault;
        this.login = login;
        this.settings = Map.of(
                "holovitals.database.url", login.url(),
                "holovitals.database.username", login.user(),
                "holovitals.database.password", login.password(),
                "holovitals.vault.directory", keys.directory().toString());
    }

    @BeforeEach
    void anOperatorsSettings() {
        settings.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    }

    @AfterEach
    void asBefore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private record Ran(int code, String out) {}

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        int code = HoloVitals.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
        return new Ran(code, out.toString());
    }

    @Test
    void aRunningServerGoesOnWithANewMasterKeyUntilAPatientsKeyIsShredded() {
        String id = client().create().resource(new Patient()).execute().getId().getIdPart();
        UUID patient = asOwner(login)
                .sql("select id from holovitals.patients where fhir_id = ?")
                .param(id)
                .query(UUID.class)
                .single();
        byte[] sealed = vault.seal(patient, "test", new byte[] {1, 2, 3});

        Ran rotated = run("keys", "rotate");
        assertThat(rotated.code()).as(rotated.out()).isZero();
        assertThat(rotated.out()).matches("New master key [0-9a-f]{32}: [\\d,]+ data keys wrapped by it, 0 left\\n");
        assertThat(vault.open("test", sealed)).containsExactly(1, 2, 3);
        Ran status = run("keys", "status");
        assertThat(status.code()).as(status.out()).isZero();
        assertThat(status.out())
                .contains("master.keys, the newest last:", "wraps 0 data keys", "data keys were shredded");
        assertThat(run("keys", "rotate", "--rewrap").out())
                .matches("Newest master key [0-9a-f]{32}: 0 data keys wrapped by it, 0 left\\n");

        assertThat(run("keys", "shred", id))
                .isEqualTo(new Ran(1, "Nothing was done. Without a terminal, say --yes.\n"));
        assertThat(run("keys", "shred", "--yes", id))
                .isEqualTo(new Ran(0, "The key is destroyed. Backups of before still hold it, wrapped.\n"));
        assertThat(run("keys", "shred", "--yes", id))
                .isEqualTo(new Ran(1, "There is no key of that patient, or it is destroyed already.\n"));
    }
}
