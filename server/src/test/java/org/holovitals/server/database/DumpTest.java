package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups with pg_dump, on a PostgreSQL that the distribution installed together with its tools. */
final class DumpTest {
    private static final Path DISTRIBUTION = Path.of("/usr/lib/postgresql");

    private static final String ROWS = """
            SET ROLE holovitals_application;
            SET search_path = fhir, holovitals;
            INSERT INTO hfj_resource (res_id, has_tags, res_published, res_updated, sp_has_links, sp_coords_present,
                sp_date_present, sp_number_present, sp_quantity_nrml_present, sp_quantity_present, sp_string_present,
                sp_token_present, sp_uri_present, res_type, res_ver, fhir_id)
            SELECT nextval('seq_resource_id'), false, now(), now(), false, false, false, false, false, false,
                true, true, false, 'Patient', 1, 'p' || i FROM generate_series(1, 50) AS i;
            INSERT INTO hfj_binary_storage_blob (blob_id, blob_data, content_type, published_date, resource_id, blob_size)
            VALUES ('b', lo_from_bytea(0, '\\x0102'), 'application/pdf', now(), 'Binary/1', 2);
            INSERT INTO audit_logs (id, action, resource, severity, outcome, timestamp)
            VALUES (gen_random_uuid(), 'read', 'Patient', 'low', 'success', now());
            """;

    private static PostgresPrograms programs;
    private static Path data;
    private static Login superuser;
    private static Login source;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, SQLException {
        programs = new PostgresPrograms(installed());
        data = directory.resolve("data");
        int port = port();
        programs.run(
                        "initdb",
                        "--pgdata=" + data,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--no-sync")
                .orThrow("initdb");
        programs.run(
                        "pg_ctl",
                        "start",
                        "-w",
                        "-D",
                        data.toString(),
                        "-l",
                        directory.resolve("log").toString(),
                        "-o",
                        "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off")
                .orThrow("pg_ctl");
        superuser = new Login("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
        Queries.execute(superuser, "CREATE ROLE clinic LOGIN CREATEROLE");
        source = database("source");
        new Migrations(source).migrate();
        Queries.execute(source, ROWS);
        Queries.execute(source, BackupFixture.KEYCLOAK);
    }

    @AfterAll
    static void stop() {
        if (data != null) {
            programs.run("pg_ctl", "stop", "-m", "fast", "-w", "-D", data.toString());
        }
    }

    @Test
    void aDumpComesBackWholeIntoAnEmptyDatabase(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("backup.dump");
        assertThat(new Backups(source, Clock.systemUTC()).backUp(file, Progress.NONE))
                .contains("with pg_dump");

        Login target = database("target");
        assertThat(new Backups(target, Clock.systemUTC()).restore(file, false, Progress.NONE))
                .contains("with pg_restore");

        assertThat(BackupFixture.fingerprint(target)).isEqualTo(BackupFixture.fingerprint(source));
        assertThat(BackupFixture.accounts(target))
                .isEqualTo(BackupFixture.accounts(source))
                .containsEntry("keycloak.user_entity", "40");
        assertThat(Doctor.examine(target)).isEmpty();
    }

    @Test
    void aFilledDatabaseIsReplacedOnlyWhenThatIsSaid(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("backup.dump");
        new Backups(source, Clock.systemUTC()).backUp(file, Progress.NONE);
        Login target = database("filled");
        new Migrations(target).migrate();
        Queries.execute(target, ROWS);
        Queries.execute(target, ROWS.replace("'p' ||", "'q' ||").replace("VALUES ('b'", "VALUES ('c'"));

        assertThatThrownBy(() -> new Backups(target, Clock.systemUTC()).restore(file, false, Progress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("--replace");
        new Backups(target, Clock.systemUTC()).restore(file, true, Progress.NONE);

        assertThat(BackupFixture.fingerprint(target)).isEqualTo(BackupFixture.fingerprint(source));
        assertThat(BackupFixture.accounts(target)).isEqualTo(BackupFixture.accounts(source));
    }

    @Test
    void aDumpWithoutAccountsLeavesThoseThatThereAre(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("backup.dump");
        Login without = database("no_accounts");
        new Migrations(without).migrate();
        new Backups(without, Clock.systemUTC()).backUp(file, Progress.NONE);
        Login target = database("accounts");
        Queries.execute(target, BackupFixture.KEYCLOAK);

        new Backups(target, Clock.systemUTC()).restore(file, true, Progress.NONE);

        assertThat(BackupFixture.accounts(target)).containsEntry("keycloak.user_entity", "40");
    }

    @Test
    void aDamagedDumpLeavesTheDatabaseAsItWas(@TempDir Path directory) throws IOException, SQLException {
        Path file = directory.resolve("backup.dump");
        new Backups(source, Clock.systemUTC()).backUp(file, Progress.NONE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 500));
        Login target = database("undamaged");
        new Migrations(target).migrate();
        Queries.execute(target, ROWS);
        var before = BackupFixture.fingerprint(target);

        assertThatThrownBy(() -> new Backups(target, Clock.systemUTC()).restore(file, true, Progress.NONE))
                .hasMessageContaining("the database is as it was");

        assertThat(BackupFixture.fingerprint(target)).isEqualTo(before);
    }

    @Test
    void toolsThatAreOlderThanTheServerAreNotTaken() {
        assertThat(PostgresTools.find(99)).isEmpty();
    }

    private static Login database(String name) throws SQLException {
        Queries.execute(superuser, "CREATE DATABASE " + name + " OWNER clinic");
        return new Login(superuser.url().replaceFirst("/postgres$", "/" + name), "clinic", "");
    }

    /** A server's programs and, on the search path, client programs that are not older. */
    private static Path installed() throws IOException {
        if (Files.isDirectory(DISTRIBUTION)) {
            try (Stream<Path> versions = Files.list(DISTRIBUTION)) {
                var usable = versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                        .filter(version -> PostgresTools.find(
                                        Integer.parseInt(version.getFileName().toString()))
                                .isPresent())
                        .max(Comparator.comparing(Path::toString));
                if (usable.isPresent()) {
                    return usable.get();
                }
            }
        }
        assumeTrue(
                false,
                "This test needs a PostgreSQL of the distribution with its client programs (Debian: postgresql)");
        throw new IllegalStateException();
    }

    private static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
