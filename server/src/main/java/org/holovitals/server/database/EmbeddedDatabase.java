package org.holovitals.server.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.holovitals.migrations.Login;

/**
 * A real PostgreSQL that the server starts itself, on loopback, its data kept in a directory. Logging in takes a
 * random password that only the directory's owner can read.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";

    private final DirectoryLock lock;
    private final EmbeddedPostgres postgres;
    private final Login login;

    private EmbeddedDatabase(DirectoryLock lock, EmbeddedPostgres postgres, Login login) {
        this.lock = lock;
        this.postgres = postgres;
        this.login = login;
    }

    /** Starts on a directory, new or used; refuses one that another process holds. */
    static EmbeddedDatabase open(Path directory, boolean durable) {
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            Path data = directory.resolve("postgres");
            LeftPostmaster.stop(data);
            String password = PasswordFile.in(directory);
            EmbeddedPostgres postgres = start(data, password, durable);
            try {
                requirePassword(postgres, data, password);
            } catch (IOException | RuntimeException e) {
                postgres.close();
                throw e;
            }
            return new EmbeddedDatabase(lock, postgres, new Login(postgres.getJdbcUrl(USER, USER), USER, password));
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException("The embedded PostgreSQL did not start in " + directory, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres start(Path data, String password, boolean durable) throws IOException {
        String sync = durable ? "on" : "off";
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", sync)
                .setServerConfig("synchronous_commit", sync)
                .setServerConfig("full_page_writes", sync)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "256MB")
                .setConnectConfig("password", password)
                // Its own hook would take the database away while the server still finishes its requests.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** The first start trusts loopback, where other people of this machine are too. */
    private static void requirePassword(EmbeddedPostgres postgres, Path data, String password) throws IOException {
        Path rules = data.resolve("pg_hba.conf");
        String wanted = "host all all 127.0.0.1/32 scram-sha-256\n";
        if (Files.readString(rules).equals(wanted)) {
            return;
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter role postgres password '" + password + "'");
            Files.writeString(rules, wanted);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded PostgreSQL could not be given a password", e);
        }
    }

    Login login() {
        return login;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.close();
        }
    }
}
