package org.holovitals.server.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Roles;

/** Unpooled connections for single tasks. */
final class Sessions {
    static final String OWNER = Roles.OWNER;
    static final String APPLICATION = Roles.APPLICATION;

    /** COPY's text is the same whatever the server, its settings or this machine's time zone. */
    private static final String COPY_FORMAT = """
            SET TIME ZONE 'UTC';
            SET datestyle = 'ISO, YMD';
            SET intervalstyle = 'postgres';
            SET bytea_output = 'hex';
            SET extra_float_digits = 3;
            SET statement_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET search_path = pg_catalog
            """;

    private Sessions() {}

    /** The driver's messages carry no row values: those are health data. */
    static Connection open(Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("ApplicationName", "holovitals");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(login.url(), properties);
    }

    /** For backup and restore: no time limits, and every value in its full and portable form. */
    static Connection openForCopy(Login login) throws SQLException {
        Connection connection = open(login);
        try (Statement statement = connection.createStatement()) {
            statement.execute(COPY_FORMAT);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** From here on with the role's rights only. */
    static void become(Connection connection, String role) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + role);
        }
    }

    /** From here on with the login's own rights. */
    static void becomeLogin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("RESET ROLE");
        }
    }
}
