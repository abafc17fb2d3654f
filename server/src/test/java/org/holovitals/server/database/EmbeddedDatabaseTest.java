package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.holovitals.migrations.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void dataOutlivesTheServerAndAWaitingDiskIsTheDefault() throws SQLException {
        try (EmbeddedDatabase first = EmbeddedDatabase.open(directory, true)) {
            execute(first.login(), "create table kept (value text)");
            execute(first.login(), "insert into kept values ('here')");
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.open(directory, true)) {
            assertThat(query(second.login(), "select value from kept")).isEqualTo("here");
            assertThat(query(second.login(), "show fsync")).isEqualTo("on");
            assertThat(query(second.login(), "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void aSecondServerOnTheDirectoryIsRefusedWithTheFirstOnesProcess() {
        try (EmbeddedDatabase first = EmbeddedDatabase.open(directory, false)) {
            assertThat(first.login().url()).contains("localhost");
            assertThatThrownBy(() -> EmbeddedDatabase.open(directory, false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("HOLOVITALS_DATA");
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory, false)) {
            Login login = database.login();
            assertThatThrownBy(() -> DriverManager.getConnection(login.url(), login.user(), "wrong"))
                    .hasMessageContaining("password authentication failed");
            assertThat(query(login, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                .isEqualTo("rw-------");
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password())) {
            connection.createStatement().execute(sql);
        }
    }

    private static String query(Login login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
