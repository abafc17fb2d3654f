package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseTest {
    private static Path directory;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void open(@TempDir Path temporary) {
        directory = temporary;
        database = EmbeddedDatabase.open(directory, true);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aSecondOpenInTheSameProcessIsRefused() {
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory, true))
                .isInstanceOf(DirectoryInUse.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("this process (" + ProcessHandle.current().pid() + ")")
                .hasMessageContaining("HOLOVITALS_DATA");
    }

    @Test
    void aRefusedOpenDoesNotLoosenTheHold() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> EmbeddedDatabase.open(directory, true)).isInstanceOf(DirectoryInUse.class);
        }
    }

    @Test
    void aDurableDatabaseWaitsForTheDisk() throws SQLException {
        assertThat(List.of(show("fsync"), show("synchronous_commit"), show("full_page_writes"), show("data_checksums")))
                .containsOnly("on");
    }

    @Test
    void anUndurableDatabaseDoesNot(@TempDir Path other) throws SQLException {
        try (EmbeddedDatabase undurable = EmbeddedDatabase.open(other, false)) {
            assertThat(Queries.text(undurable.login(), "SHOW fsync")).isEqualTo("off");
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        Login wrong = new Login(database.login().url(), "holovitals", "wrong");
        assertThatThrownBy(() -> Sessions.open(wrong))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "28P01");
    }

    @Test
    void aConnectionWithoutPasswordIsRefused() {
        for (String user : List.of("holovitals", "postgres")) {
            assertThatThrownBy(
                            () -> DriverManager.getConnection(database.login().url() + "?user=" + user)
                                    .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void everyWayInAsksForThePassword() throws SQLException {
        assertThat(Queries.text(superuser(), "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
    }

    @Test
    void onlyTheLoopbackAddressIsListenedTo() throws SQLException {
        assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(Queries.text(superuser(), "SHOW unix_socket_directories")).isEmpty();
    }

    @Test
    void theLoginIsNoSuperuserAndTakesTheRolesItMakes() throws SQLException {
        assertThat(show("is_superuser")).isEqualTo("off");
        try (Connection connection = Sessions.open(database.login());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE made_here NOLOGIN");
            statement.execute("SET ROLE made_here");
            statement.execute("RESET ROLE");
            statement.execute("DROP ROLE made_here");
        }
    }

    @Test
    void noOtherUserReadsAnyFile() throws Exception {
        assertThat(mode(directory)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory).filter(Files::isRegularFile)) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> assertThat(mode(file))
                    .isEqualTo("rw-------"));
        }
        assertThat(mode(directory.resolve("cluster"))).isEqualTo("rwx------");
    }

    @Test
    void theLoginIsNeverPrintedWithItsPassword() {
        assertThat(database.login().toString())
                .contains("holovitals")
                .doesNotContain(database.login().password());
    }

    private static Login superuser() {
        return new Login(database.login().url(), "postgres", Queries.superuserPassword(directory));
    }

    private static String show(String setting) throws SQLException {
        return Queries.text(database.login(), "SHOW " + setting);
    }

    private static String mode(Path path) throws java.io.IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
