package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.realm.Realm;
import org.holovitals.keycloak.realm.RealmMigrations;
import org.holovitals.keycloak.realm.RealmSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak as docker-compose.yml starts it: the realm from a file, its secret from the environment, a public name. */
final class RealmFileTest {
    private static final List<String> SHARED = List.of("lib", "providers", "conf");
    private static final String VARIABLE = "HOLOVITALS_IDENTITY_CLIENTSECRET";
    private static final String SECRET = "Vg3+Qx/9kLr0bTz2WmYp8nHc5sDf7jAe1uIo4yGq6hK=";
    private static final String PUBLIC = "https://login.example.org";

    @Test
    void theRealmFileIsImportedAndTheServersAccountWorksBehindThePublicName(@TempDir Path directory)
            throws IOException, InterruptedException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            createSchema(postgres);
            start(directory, postgres.getJdbcUrl("postgres", "postgres"));
        }
    }

    private static void createSchema(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema keycloak");
        }
    }

    private static void start(Path directory, String database) throws IOException, InterruptedException {
        Path home = home(directory, new Distribution(null, KeycloakSettings.CENTRAL, cache()));
        int port = freePort();
        ProcessBuilder builder = new Installation(home).command(List.of("start", "--optimized", "--import-realm"));
        builder.environment().putAll(environment(database, port));
        Path log = directory.resolve("log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            String address = "http://127.0.0.1:" + port + "/realms/holovitals";
            JsonNode discovery = discovery(address, process, log);
            RealmAdmin admin = RealmAdmin.of(address, "holovitals-server", SECRET);

            assertThat(discovery.path("issuer").asText()).isEqualTo(PUBLIC + "/realms/holovitals");
            assertThat(discovery.path("token_endpoint").asText()).startsWith(PUBLIC);
            assertThat(admin.get("").path("accessTokenLifespan").asInt()).isEqualTo(300);
            assertThat(admin.get("/users")).isEmpty();
            assertThat(RealmMigrations.run(admin)).as("the realm is new").isEmpty();
        } finally {
            ProcessTree.end(process.toHandle());
            for (String folder : SHARED) {
                Files.delete(home.resolve(folder));
            }
        }
    }

    /** The installation with data of its own: an import is read from there. */
    private static Path home(Path directory, Distribution distribution) throws IOException {
        Path shared = Installation.of(distribution).home();
        Path home = Files.createDirectories(directory.resolve("keycloak"));
        for (String folder : SHARED) {
            Files.createSymbolicLink(home.resolve(folder), shared.resolve(folder));
        }
        Files.createDirectories(home.resolve("bin"));
        try (Stream<Path> programs = Files.list(shared.resolve("bin"))) {
            for (Path program : programs.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        program,
                        home.resolve("bin").resolve(program.getFileName()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createDirectories(home.resolve("data/import"));
        Files.writeString(
                home.resolve("data/import/holovitals-realm.json"),
                Realm.json(new RealmSettings(false, List.of(), List.of(), "${" + VARIABLE + "}", null)));
        return home;
    }

    private static Map<String, String> environment(String database, int port) {
        return Map.ofEntries(
                Map.entry("KC_DB_URL", database),
                Map.entry("KC_DB_SCHEMA", "keycloak"),
                Map.entry("KC_DB_USERNAME", "postgres"),
                Map.entry("KC_DB_PASSWORD", "postgres"),
                Map.entry("KC_CACHE", "local"),
                Map.entry("KC_HOSTNAME", PUBLIC),
                Map.entry("KC_HTTP_ENABLED", "true"),
                Map.entry("KC_HTTP_HOST", "127.0.0.1"),
                Map.entry("KC_HTTP_PORT", String.valueOf(port)),
                Map.entry("KC_PROXY_HEADERS", "xforwarded"),
                Map.entry("KC_BOOTSTRAP_ADMIN_USERNAME", "first"),
                Map.entry("KC_BOOTSTRAP_ADMIN_PASSWORD", Api.PASSWORD),
                Map.entry(VARIABLE, SECRET),
                Map.entry("KC_SPI_AUTHENTICATOR__HOLOVITALS_LAUNCH__FHIR_BASE", TestKeycloak.FHIR_BASE));
    }

    private static JsonNode discovery(String address, Process process, Path log)
            throws InterruptedException, IOException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            try {
                var answer =
                        Http.send(HttpRequest.newBuilder(URI.create(address + "/.well-known/openid-configuration")));
                if (answer.statusCode() == 200) {
                    return Api.parse(answer.body());
                }
            } catch (UncheckedIOException e) {
                // It does not listen yet.
            }
            Thread.sleep(200);
        }
        throw new AssertionError(Files.readString(log));
    }

    private static Path cache() {
        return Path.of(System.getProperty("user.home"), ".cache", "holovitals");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
