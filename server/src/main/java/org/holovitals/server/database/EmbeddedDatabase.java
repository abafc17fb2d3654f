package org.holovitals.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import org.holovitals.migrations.Login;

/**
 * A real PostgreSQL that this process starts on a data directory and stops again. It listens on the loopback address
 * only, asks everyone for a random password that stands in a file of this user, and keeps its data.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String NAME = "holovitals";

    private final DirectoryLock lock;
    private final PostgresCluster cluster;
    private final Login login;
    private final Thread hook = new Thread(this::stopAndRelease, "stop-embedded-postgresql");
    private boolean closed;

    private EmbeddedDatabase(DirectoryLock lock, PostgresCluster cluster, Login login) {
        this.lock = lock;
        this.cluster = cluster;
        this.login = login;
    }

    /**
     * Starts the server on the directory, which is made when missing. A server that outlived a killed process is
     * ended first, and what was committed is recovered.
     *
     * @param durable whether a commit waits for the disk; only tests say no
     * @throws DirectoryInUse when a living process has the directory open
     */
    public static EmbeddedDatabase open(Path directory, boolean durable) {
        try {
            Path home = PrivateFiles.directory(directory.toAbsolutePath().normalize());
            DirectoryLock lock = DirectoryLock.acquire(home);
            try {
                return start(home, lock, durable);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + directory + " cannot be used", e);
        }
    }

    /** The database of a server that another process of this user runs on the directory; empty when none does. */
    public static Optional<Login> join(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        return RunningServer.read(home).filter(server -> server.holds(home)).map(server -> {
            try {
                return login(server.port(), Credentials.of(home));
            } catch (IOException e) {
                throw new UncheckedIOException("The server's password in " + home + " cannot be read", e);
            }
        });
    }

    public Login login() {
        return login;
    }

    /**
     * Leaves the end of the process to {@code registrar}, which must run what it is given after everything that uses
     * the database has ended. Without this call a shutdown hook stops the server at once when the process ends.
     */
    public void closeWith(Consumer<Runnable> registrar) {
        Runtime.getRuntime().removeShutdownHook(hook);
        registrar.accept(this::stopAndRelease);
    }

    @Override
    public void close() {
        stopAndRelease();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending and the hook has run or will find nothing to do.
        }
    }

    private static EmbeddedDatabase start(Path home, DirectoryLock lock, boolean durable) throws IOException {
        Credentials credentials = Credentials.of(home);
        PostgresCluster cluster = new PostgresCluster(home, new PostgresPrograms(PostgresBinaries.unpacked()));
        cluster.initialize(credentials.superuserPassword(), durable);
        cluster.stopLeftover();
        int preferred = RunningServer.read(home).map(RunningServer::port).orElse(0);
        int port = cluster.start(preferred, durable);
        try {
            createLogin(port, credentials);
            RunningServer.here(port).write(home);
        } catch (IOException | RuntimeException e) {
            cluster.stop();
            throw e;
        }
        EmbeddedDatabase opened = new EmbeddedDatabase(lock, cluster, login(port, credentials));
        Runtime.getRuntime().addShutdownHook(opened.hook);
        return opened;
    }

    private synchronized void stopAndRelease() {
        if (!closed) {
            closed = true;
            cluster.stop();
            lock.close();
        }
    }

    private static Login login(int port, Credentials credentials) {
        return new Login(url(port, NAME), NAME, credentials.loginPassword());
    }

    private static String url(int port, String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** The login owns its database but is no superuser: with SQL alone it reaches neither files nor programs. */
    private static void createLogin(int port, Credentials credentials) {
        Login superuser = new Login(url(port, "postgres"), "postgres", credentials.superuserPassword());
        try (Connection connection = Sessions.open(superuser);
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = 'holovitals'")) {
                statement.execute(
                        "CREATE ROLE holovitals LOGIN CREATEROLE PASSWORD '" + credentials.loginPassword() + "'");
                // So that the login may take the roles that it makes.
                statement.execute("ALTER ROLE holovitals SET createrole_self_grant = 'set, inherit'");
            }
            if (isMissing(statement, "SELECT 1 FROM pg_database WHERE datname = 'holovitals'")) {
                statement.execute("CREATE DATABASE holovitals OWNER holovitals");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded database refuses its own superuser", e);
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return !result.next();
        }
    }
}
