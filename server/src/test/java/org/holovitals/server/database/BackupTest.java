package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.holovitals.migrations.Login;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
    private static BackupFixture fixture;
    private static Path backup;
    private Login target;

    @BeforeAll
    static void fill(@TempDir Path directory) throws SQLException {
        fixture = new BackupFixture(directory.resolve("data"));
        backup = directory.resolve("backup.zip");
        new Backup(fixture.source(), Clock.systemUTC()).write(backup, Progress.NONE);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @BeforeEach
    void emptyDatabase() throws SQLException {
        target = fixture.anotherDatabase();
    }

    @Test
    void everyRowKeySequenceAndLargeObjectComesBack() throws SQLException {
        List<String> steps = new ArrayList<>();
        Restore.Loaded loaded = new Restore(target).read(backup, false, (step, done, total) -> steps.add(step));

        Map<String, String> expected = BackupFixture.fingerprint(fixture.source());
        assertThat(BackupFixture.fingerprint(target)).isEqualTo(expected);
        assertThat(expected.get("fhir.hfj_resource")).startsWith("500 ");
        assertThat(expected.get("objects")).contains("b3 240000");
        assertThat(loaded.rows()).isGreaterThan(2000);
        assertThat(steps)
                .as("Keycloak's three tables have no steps of their own")
                .contains("fhir.hfj_resource: 500 rows")
                .hasSize(loaded.tables() - 3 + 1);
    }

    @Test
    void accountsComeBackWithTheRecords() throws SQLException {
        new Restore(target).read(backup, false, Progress.NONE);

        assertThat(BackupFixture.accounts(target))
                .isEqualTo(BackupFixture.accounts(fixture.source()))
                .containsEntry("keycloak.user_entity", "40")
                .hasEntrySatisfying("definitions", text -> assertThat(text).contains("character varying(36)"));
        assertThatThrownBy(() ->
                        Queries.execute(target, "INSERT INTO keycloak.credential (id, user_id) VALUES ('c', 'nobody')"))
                .hasMessageContaining("fk_credential_user");
    }

    @Test
    void accountsAreReplacedOnlyWhenThatIsSaid() throws SQLException {
        Queries.execute(target, BackupFixture.KEYCLOAK);
        execute(target, "INSERT INTO keycloak.user_entity (id, realm_id) VALUES ('to be replaced', 'r')");

        assertThatThrownBy(() -> new Restore(target).read(backup, false, Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("Keycloak's accounts");
        new Restore(target).read(backup, true, Progress.NONE);

        assertThat(BackupFixture.accounts(target)).isEqualTo(BackupFixture.accounts(fixture.source()));
    }

    @Test
    void aBackupWithoutAccountsLeavesThoseThatThereAre(@TempDir Path directory) throws SQLException {
        Path without = directory.resolve("without.zip");
        new Backup(target, Clock.systemUTC()).write(without, Progress.NONE);
        Login second = fixture.anotherDatabase();
        Queries.execute(second, BackupFixture.KEYCLOAK);

        new Restore(second).read(without, true, Progress.NONE);

        assertThat(BackupFixture.accounts(second)).containsEntry("keycloak.user_entity", "40");
    }

    @Test
    void aResetThrowsAccountsAway() throws SQLException {
        Queries.execute(target, BackupFixture.KEYCLOAK);

        new Reset(target).run();

        assertThat(BackupFixture.accounts(target)).containsEntry("definitions", "[]");
    }

    @Test
    void largeObjectsBelongToTheApplicationAgain() throws SQLException {
        new Restore(target).read(backup, false, Progress.NONE);
        assertThat(Queries.text(
                        target,
                        "SELECT string_agg(DISTINCT pg_get_userbyid(lomowner), ',') FROM pg_largeobject_metadata"))
                .isEqualTo("holovitals_application");
    }

    @Test
    void onlyTheOwnerReadsTheBackup() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(backup.resolveSibling("backup.zip.unfinished")).doesNotExist();
    }

    @Test
    void anExistingFileIsNotOverwritten() {
        assertThatThrownBy(() -> new Backup(fixture.source(), Clock.systemUTC()).write(backup, Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("exists already");
    }

    @Test
    void whatIsWrittenMeanwhileIsNotInIt(@TempDir Path directory) throws SQLException {
        new Restore(target).read(backup, false, Progress.NONE);
        Map<String, String> before = BackupFixture.fingerprint(target);
        Path busy = directory.resolve("busy.zip");
        new Backup(target, Clock.systemUTC()).write(busy, (step, done, total) -> {
            if (done == 1) {
                execute(target, "INSERT INTO holovitals.events VALUES (1000, now(), 'meanwhile')");
            }
        });
        Login second = fixture.anotherDatabase();
        new Restore(second).read(busy, false, Progress.NONE);
        assertThat(BackupFixture.fingerprint(second)).isEqualTo(before);
    }

    @Test
    void aFilledDatabaseIsRefusedUnlessItsContentMayBeReplaced() throws SQLException {
        new Restore(target).read(backup, false, Progress.NONE);
        execute(target, "INSERT INTO holovitals.events VALUES (1000, now(), 'to be replaced')");
        execute(target, "SELECT setval('fhir.seq_resource_id', 9)");
        long objects = BackupFixture.objects(target);

        assertThatThrownBy(() -> new Restore(target).read(backup, false, Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("not empty (fhir.hfj_binary_storage_blob");
        new Restore(target).read(backup, true, Progress.NONE);

        assertThat(BackupFixture.fingerprint(target)).isEqualTo(BackupFixture.fingerprint(fixture.source()));
        assertThat(BackupFixture.objects(target)).isEqualTo(objects);
    }

    @Test
    void aTruncatedBackupIsRefused(@TempDir Path directory) throws Exception {
        Path broken = directory.resolve("broken.zip");
        byte[] whole = Files.readAllBytes(backup);
        for (int length : new int[] {0, 100, whole.length / 2, whole.length - 1}) {
            Files.write(broken, Arrays.copyOf(whole, length));
            refuses(broken, "cut short");
        }
    }

    @Test
    void aFlippedBitIsRefused(@TempDir Path directory) throws Exception {
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 1;
        refuses(Files.write(directory.resolve("flipped.zip"), bytes), "changed or damaged");
    }

    @Test
    void aChangedTableIsRefused(@TempDir Path directory) throws Exception {
        Path changed = directory.resolve("changed.zip");
        rewrite(changed, "tables/holovitals.patients", text -> text.replace("p17\t", "p18\t"));
        refuses(changed, "tables/holovitals.patients does not match its checksum");
    }

    @Test
    void aManifestThatNamesOtherNumbersOrTablesIsRefused(@TempDir Path directory) throws Exception {
        Path changed = directory.resolve("changed.zip");
        rewrite(changed, "manifest.json", text -> text.replaceFirst("\"rows\" : 500", "\"rows\" : 501"));
        refuses(changed, "500 rows, the backup names 501");
        rewrite(
                changed,
                "manifest.json",
                text -> text.replaceFirst("\"res_id\",", "\"res_id) FROM PROGRAM 'id'; --\","));
        refuses(changed, "not those of this database");
        rewrite(
                changed,
                "manifest.json",
                text -> text.replaceFirst("\"schemaVersion\" : \"", "\"schemaVersion\" : \"9"));
        refuses(changed, "schema version 9");
        rewrite(changed, "manifest.json", text -> text.replaceFirst("\"format\" : 2", "\"format\" : 3"));
        refuses(changed, "backup format 3");
        rewrite(
                changed,
                "manifest.json",
                text -> text.replaceFirst("CREATE TABLE keycloak", "DROP SCHEMA fhir; CREATE TABLE keycloak"));
        refuses(changed, "Not a definition");
    }

    @Test
    void aRunningServerIsNotPulledAwayFromUnder() throws Exception {
        try (Connection running = Sessions.open(target)) {
            assertThat(running.isValid(1)).isTrue();
            refuses(backup, "Stop the server");
        }
    }

    @Test
    void anUnmigratedDatabaseIsRefused() throws SQLException {
        Login bare = new Login(
                fixture.source().url().replaceFirst("/holovitals$", "/postgres"),
                fixture.source().user(),
                fixture.source().password());
        assertThatThrownBy(() -> new Restore(bare).read(backup, false, Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("migrate it first");
        assertThatThrownBy(() ->
                        new Backup(bare, Clock.systemUTC()).write(backup.resolveSibling("bare.zip"), Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("nothing to back up");
    }

    private void refuses(Path file, String message) throws SQLException {
        Map<String, String> before = BackupFixture.fingerprint(target);
        assertThatThrownBy(() -> new Restore(target).read(file, false, Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining(message);
        assertThat(BackupFixture.fingerprint(target)).as("nothing was loaded").isEqualTo(before);
    }

    private static void rewrite(Path file, String entry, UnaryOperator<String> change) throws IOException {
        try (ZipFile from = new ZipFile(backup.toFile());
                OutputStream out = Files.newOutputStream(file);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry each : from.stream().toList()) {
                to.putNextEntry(new ZipEntry(each.getName()));
                try (InputStream in = from.getInputStream(each)) {
                    byte[] bytes = in.readAllBytes();
                    to.write(each.getName().equals(entry) ? changed(bytes, change) : bytes);
                }
            }
        }
    }

    private static byte[] changed(byte[] bytes, UnaryOperator<String> change) {
        String before = new String(bytes, StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).as("the change changes something").isNotEqualTo(before);
        return after.getBytes(StandardCharsets.UTF_8);
    }

    private static void execute(Login login, String sql) {
        try {
            Queries.execute(login, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
