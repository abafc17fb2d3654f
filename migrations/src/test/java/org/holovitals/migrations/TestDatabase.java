package org.holovitals.migrations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new database on the server that the environment names, else on an embedded PostgreSQL. */
final class TestDatabase implements AutoCloseable {
    private final @Nullable EmbeddedPostgres embedded;
    private final Login server;
    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");

    TestDatabase() throws IOException, SQLException {
        String url = System.getenv("SPRING_DATASOURCE_URL");
        if (url == null) {
            EmbeddedPostgres started = EmbeddedPostgres.start();
            embedded = started;
            server = new Login(started.getJdbcUrl("postgres", "postgres"), "postgres", "");
        } else {
            embedded = null;
            server = new Login(url, environment("USERNAME"), environment("PASSWORD"));
        }
        try (Connection connection = connect(server)) {
            connection.createStatement().execute("create database " + name);
        }
    }

    private static String environment(String name) {
        return Objects.requireNonNullElse(System.getenv("SPRING_DATASOURCE_" + name), "");
    }

    Login login() {
        return new Login(server.url().replaceFirst("(//[^/]+/)[^?]+", "$1" + name), server.user(), server.password());
    }

    Connection connect() throws SQLException {
        return connect(login());
    }

    private static Connection connect(Login login) throws SQLException {
        return DriverManager.getConnection(login.url(), login.user(), login.password());
    }

    @Override
    public void close() throws IOException, SQLException {
        if (embedded != null) {
            embedded.close();
            return;
        }
        try (Connection connection = connect(server)) {
            connection.createStatement().execute("drop database " + name + " with (force)");
        }
    }
}
