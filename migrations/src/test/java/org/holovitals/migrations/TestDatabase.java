package org.holovitals.migrations;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One database of the test server; dropped when closed. */
record TestDatabase(TestServer server, String name) implements AutoCloseable {
    String url() {
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + name;
    }

    Migrations migrations() {
        return new Migrations(new Login(url(), server.user(), server.password()));
    }

    DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url());
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    Connection login() throws SQLException {
        return DriverManager.getConnection(url(), server.user(), server.password());
    }

    /** A connection as the server's pools make it. */
    Connection application() throws SQLException {
        Connection connection = login();
        run(connection, "set role holovitals_application; set search_path = fhir, holovitals");
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = login()) {
            run(connection, sql);
        }
    }

    void asOwner(String sql) throws SQLException {
        execute("set role holovitals_owner; set search_path = holovitals; " + sql);
    }

    /** The first column of every row, as text. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = login()) {
            return query(connection, sql);
        }
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            server.maintain("drop database if exists " + name + " with (force)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
