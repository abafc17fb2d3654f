package org.holovitals.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.holovitals.migrations.Login;

/** One statement on a connection of its own. */
final class Queries {
    private Queries() {}

    static String text(Login login, String query) throws SQLException {
        try (Connection connection = Sessions.open(login);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    static void execute(Login login, String sql) throws SQLException {
        try (Connection connection = Sessions.open(login);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String superuserPassword(Path directory) {
        try {
            return Credentials.of(directory).superuserPassword();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
