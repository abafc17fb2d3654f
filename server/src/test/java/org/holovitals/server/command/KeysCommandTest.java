package org.holovitals.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.vault.Vault;
import org.holovitals.server.vault.VaultSettings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code keys} as an operator runs it beside a server. */
final class KeysCommandTest extends OperatorFixture {
    private static final String CONTEXT = "imports.name:1";

    private final Vault vault;
    private final Login login;

    @Autowired
    KeysCommandTest(Vault vault, Login login, VaultSettings keys) {
        super(login, "holovitals.vault.directory", keys.directory());
        this.vault = vault;
        this.login = login;
    }

    @Test
    void aRunningServerGoesOnWithANewMasterKeyUntilAPatientsKeyIsShredded() {
        String id = client().create().resource(new Patient()).execute().getId().getIdPart();
        UUID patient = asOwner(login)
                .sql("select id from holovitals.patients where fhir_id = ?")
                .param(id)
                .query(UUID.class)
                .single();
        byte[] sealed = vault.seal(patient, CONTEXT, new byte[] {1, 2, 3});

        Ran rotated = run("keys", "rotate");
        assertThat(rotated.code()).as(rotated.out()).isZero();
        assertThat(rotated.out()).matches("New master key [0-9a-f]{32}: [\\d,]+ data keys wrapped by it, 0 left\\n");
        assertThat(vault.open(CONTEXT, sealed)).containsExactly(1, 2, 3);
        Ran status = run("keys", "status");
        assertThat(status.code()).as(status.out()).isZero();
        assertThat(status.out())
                .contains("master.keys, the newest last:", "wraps 0 data keys", "data keys were shredded");
        assertThat(run("keys", "rotate", "--rewrap").out())
                .matches("Newest master key [0-9a-f]{32}: 0 data keys wrapped by it, 0 left\\n");

        Ran unsure = run("keys", "shred", id);
        assertThat(unsure.code()).isEqualTo(2);
        assertThat(unsure.err()).startsWith("Nothing was destroyed: it wants --yes, or the id typed.");
        assertThat(vault.open(CONTEXT, sealed)).containsExactly(1, 2, 3);
        assertThat(run("keys", "shred", "--yes", id))
                .isEqualTo(new Ran(0, "The key is destroyed. Backups of before still hold it, wrapped.\n", ""));
        assertThat(run("keys", "shred", "--yes", id))
                .isEqualTo(new Ran(1, "There is no key of that patient, or it is destroyed already.\n", ""));
    }
}
