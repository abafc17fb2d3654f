package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.holovitals.keycloak.launcher.KeycloakServer;
import org.holovitals.keycloak.launcher.KeycloakSettings;
import org.holovitals.keycloak.realm.RealmMigrations;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.holovitals.server.identity.DevelopmentServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup beside the real Keycloak, and a Keycloak on what was restored from it. */
final class KeycloakBackupTest {
    private final DevelopmentServer server = DevelopmentServer.get();

    @Test
    void peopleLogInToTheRestoredKeycloak(@TempDir Path directory)
            throws IOException, InterruptedException, SQLException {
        Login source = EmbeddedDatabase.join(server.directory()).orElseThrow();
        Path file = directory.resolve("backup.zip");
        new Backup(source, Clock.systemUTC()).write(file, Progress.NONE);
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("data"), false)) {
            Login target = database.login();
            new Migrations(target).migrate();
            new Restore(target).read(file, false, Progress.NONE);

            Map<String, String> expected = BackupFixture.accounts(source);
            assertThat(BackupFixture.accounts(target))
                    .containsEntry("definitions", expected.get("definitions"))
                    .containsEntry("keys", expected.get("keys"))
                    .containsEntry("keycloak.user_entity rows", expected.get("keycloak.user_entity rows"))
                    .containsEntry("keycloak.client rows", expected.get("keycloak.client rows"))
                    .containsEntry("keycloak.credential", expected.get("keycloak.credential"));
            logIn(directory.resolve("keycloak"), target);
        }
    }

    @Test
    void aRestoreUnderARunningKeycloakIsRefused(@TempDir Path directory) {
        Login source = EmbeddedDatabase.join(server.directory()).orElseThrow();
        Path file = directory.resolve("backup.zip");
        new Backup(source, Clock.systemUTC()).write(file, Progress.NONE);

        assertThatThrownBy(() -> new Restore(source).read(file, true, Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("Stop the server");
    }

    private void logIn(Path directory, Login database) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.copy(server.directory().resolve("keycloak/secrets.properties"), directory.resolve("secrets.properties"));
        try (KeycloakServer restored = KeycloakServer.start(KeycloakSettings.of(
                directory, database.url(), database.user(), database.password(), 0, server.base()))) {
            assertThat(server.token("patient", restored.issuer())).isNotEmpty();
            assertThat(server.token("backend", restored.issuer())).isNotEmpty();
            assertThat(RealmMigrations.run(restored.administration())).isEmpty();
        }
    }
}
