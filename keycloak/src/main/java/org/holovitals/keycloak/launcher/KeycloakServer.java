package org.holovitals.keycloak.launcher;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.realm.Realm;
import org.holovitals.keycloak.realm.RealmSettings;

/** A Keycloak of our own on loopback: it lives until {@link #close()} or until this JVM ends. */
public final class KeycloakServer implements AutoCloseable {
    private static final String SCHEMA = "keycloak";

    private final KeycloakSettings settings;
    private final DirectoryLock lock;
    private final Secrets secrets;
    private final int port;
    private final Process process;
    private final Thread hook;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private KeycloakServer(KeycloakSettings settings, DirectoryLock lock, Installation installation)
            throws IOException {
        this.settings = settings;
        this.lock = lock;
        this.secrets = Secrets.in(settings.directory());
        this.port = freePort(settings.port());
        this.process = launch(installation);
        ProcessTree.remember(process.toHandle(), pidFile(settings));
        this.hook = new Thread(() -> ProcessTree.end(process.toHandle()), "keycloak-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts Keycloak and waits until its realm answers; the first start on a machine unpacks and builds it.
     *
     * @throws KeycloakFailed when it cannot be had, its port is taken, or it does not start
     */
    public static KeycloakServer start(KeycloakSettings settings) {
        try {
            Files.createDirectories(settings.directory());
            DirectoryLock lock = DirectoryLock.take(settings.directory());
            try {
                return start(settings, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new KeycloakFailed("Keycloak does not start: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("resource") // the caller closes it
    private static KeycloakServer start(KeycloakSettings settings, DirectoryLock lock)
            throws IOException, SQLException {
        ProcessTree.endRemembered(pidFile(settings));
        createSchema(settings);
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "holovitals");
        Installation installation =
                Installation.of(new Distribution(settings.distribution(), settings.repository(), cache));
        KeycloakServer server = new KeycloakServer(settings, lock, installation);
        try {
            server.awaitReady();
            server.importRealm();
            return server;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw new KeycloakFailed("Interrupted while Keycloak started", e);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The realm's issuer, as it stands in tokens. */
    public String issuer() {
        return base() + "/realms/" + Realm.NAME;
    }

    /** The secret of our server's service account `holovitals-server`, if the realm was made from this directory. */
    public String serverSecret() {
        return secrets.server();
    }

    /** The realm's admin API with all rights, if Keycloak was set up from this directory. */
    public RealmAdmin administration() {
        return RealmAdmin.ofMaster(issuer(), RealmImport.BOOTSTRAP_CLIENT, secrets.bootstrap());
    }

    /** The id of the process that was started. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        // A second time the directory may be another's already.
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ProcessTree.end(process.toHandle());
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            Files.deleteIfExists(pidFile(settings));
        } catch (IllegalStateException e) {
            // The JVM is ending and the hook at work.
            return;
        } catch (IOException e) {
            throw new KeycloakFailed("Cannot delete " + pidFile(settings), e);
        } finally {
            lock.close();
        }
    }

    private Process launch(Installation installation) throws IOException {
        ProcessBuilder builder = installation.command(List.of("start", "--optimized"));
        builder.environment().putAll(environment());
        Path log = log();
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("keycloak.previous.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        File file = log.toFile();
        return builder.redirectErrorStream(true).redirectOutput(file).start();
    }

    private Map<String, String> environment() {
        String launchUrl = settings.launchUrl();
        return Map.ofEntries(
                Map.entry("KC_DB_URL", settings.jdbcUrl()),
                Map.entry("KC_DB_SCHEMA", SCHEMA),
                Map.entry("KC_DB_USERNAME", settings.user()),
                Map.entry("KC_DB_PASSWORD", settings.password()),
                // Alone: no cluster port is opened.
                Map.entry("KC_CACHE", "local"),
                Map.entry("KC_HTTP_ENABLED", "true"),
                Map.entry("KC_HTTP_HOST", "127.0.0.1"),
                Map.entry("KC_HTTP_PORT", String.valueOf(port)),
                Map.entry("KC_HOSTNAME", base()),
                Map.entry("KC_BOOTSTRAP_ADMIN_CLIENT_ID", RealmImport.BOOTSTRAP_CLIENT),
                Map.entry("KC_BOOTSTRAP_ADMIN_CLIENT_SECRET", secrets.bootstrap()),
                Map.entry("KC_SPI_AUTHENTICATOR__HOLOVITALS_LAUNCH__FHIR_BASE", settings.fhirBaseUrl()),
                Map.entry("KC_SPI_AUTHENTICATOR__HOLOVITALS_LAUNCH__LAUNCH_URL", launchUrl == null ? "" : launchUrl));
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(settings.patience());
        HttpRequest request = HttpRequest.newBuilder(URI.create(base() + "/realms/master"))
                .timeout(Duration.ofSeconds(10))
                .build();
        while (!answers(request)) {
            if (!process.isAlive()) {
                throw new KeycloakFailed("Keycloak ended while it started:\n" + tail());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new KeycloakFailed("Keycloak did not start in " + settings.patience() + ":\n" + tail());
            }
            Thread.sleep(200);
        }
    }

    private boolean answers(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void importRealm() throws IOException, InterruptedException {
        RealmImport realm = new RealmImport(http, base(), secrets.bootstrap());
        if (realm.isMissing()) {
            realm.run(Realm.json(new RealmSettings(
                    settings.development(),
                    settings.redirectUris(),
                    settings.patients(),
                    secrets.server(),
                    settings.backendJwks())));
        }
    }

    private static void createSchema(KeycloakSettings settings) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + SCHEMA);
        }
    }

    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new KeycloakFailed(
                    "Port " + wanted + " of 127.0.0.1 is taken: end what listens there, or give Keycloak another port",
                    e);
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }

    private Path log() {
        return settings.directory().resolve("keycloak.log");
    }

    private static Path pidFile(KeycloakSettings settings) {
        return settings.directory().resolve("keycloak.pid");
    }
}
