package org.holovitals.migrations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** One PostgreSQL for all tests: the one that the environment names, else a container, else an embedded one. */
record TestServer(String host, int port, String maintenance, String user, String password) {
    private static @Nullable TestServer instance;
    private static @Nullable String template;

    static synchronized TestServer get() {
        TestServer server = instance;
        if (server == null) {
            String url = System.getenv("SPRING_DATASOURCE_URL");
            server = url != null ? given(url, System.getenv()) : hasDocker() ? container() : embedded();
            instance = server;
        }
        return server;
    }

    /** A database that nothing has been done to. */
    static TestDatabase empty() throws SQLException {
        return create("template1");
    }

    /** A migrated database: a copy of the template, which takes a fraction of a second. */
    static synchronized TestDatabase migrated() throws SQLException {
        if (template == null) {
            TestDatabase database = empty();
            database.migrations().migrate();
            template = database.name();
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        }
        return create(template);
    }

    private static TestDatabase create(String from) throws SQLException {
        String name = "t_" + UUID.randomUUID().toString().replace("-", "");
        TestServer server = get();
        server.maintain("create database " + name + " template " + from);
        return new TestDatabase(server, name);
    }

    void maintain(String sql) throws SQLException {
        new TestDatabase(this, maintenance).execute(sql);
    }

    /** Asked only where Docker may be: the question takes seconds where it is not. */
    private static boolean hasDocker() {
        return (System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock")))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    @SuppressWarnings("resource") // Testcontainers removes it when the JVM ends
    private static TestServer container() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18.1");
        container.start();
        return new TestServer(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword());
    }

    private static TestServer embedded() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
            return new TestServer("localhost", postgres.getPort(), "postgres", "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestServer given(String url, Map<String, String> environment) {
        var properties = org.postgresql.Driver.parseURL(url, null);
        if (properties == null) {
            throw new IllegalArgumentException("SPRING_DATASOURCE_URL is no PostgreSQL URL");
        }
        return new TestServer(
                properties.getProperty("PGHOST"),
                Integer.parseInt(properties.getProperty("PGPORT")),
                properties.getProperty("PGDBNAME"),
                environment.getOrDefault("SPRING_DATASOURCE_USERNAME", "postgres"),
                environment.getOrDefault("SPRING_DATASOURCE_PASSWORD", ""));
    }
}
