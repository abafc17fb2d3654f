package org.holovitals.server.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.holovitals.migrations.Difference;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;

/** Backs a database up and restores it: with pg_dump and pg_restore where they are found, else by ourselves. */
public final class Backups {
    private static final String DUMP = "PGDMP";

    private final Login login;
    private final Clock clock;

    public Backups(Login login, Clock clock) {
        this.login = login;
        this.clock = clock;
    }

    /**
     * Writes a new file that only this user may read.
     *
     * @return what was done, in a sentence
     * @throws BackupRefused when the file exists or there is nothing to back up
     */
    public String backUp(Path file, Progress progress) {
        Optional<PostgresTools> tools = tools();
        if (tools.isPresent()) {
            long bytes = dump(tools.get(), file);
            return String.format(Locale.ROOT, "Wrote %,d bytes to %s with pg_dump.", bytes, file);
        }
        Backup.Written written = new Backup(login, clock).write(file, progress);
        return String.format(
                Locale.ROOT,
                "Wrote %,d rows of %d tables, %,d bytes, to %s.",
                written.rows(),
                written.tables(),
                written.bytes(),
                file);
    }

    /**
     * Loads a file of either kind, all or nothing, and brings its schema up to this release.
     *
     * @param replace whether what the database holds may be thrown away
     * @return what was done, in a sentence
     * @throws BackupRefused when the file or the database is not fit; the database is then as it was
     */
    public String restore(Path file, boolean replace, Progress progress) {
        new Migrations(login).migrate();
        if (isDump(file)) {
            load(file, replace);
            new Migrations(login).migrate();
            requireExpectedSchema();
            return "Restored " + file + " with pg_restore.";
        }
        Restore.Loaded loaded = new Restore(login).read(file, replace, progress);
        return String.format(
                Locale.ROOT,
                "Restored %,d rows of %d tables as of %s.",
                loaded.rows(),
                loaded.tables(),
                loaded.createdAt());
    }

    private long dump(PostgresTools tools, Path file) {
        try (UnfinishedFile unfinished = UnfinishedFile.of(file)) {
            requireSchema();
            tools.dump(login, unfinished.path());
            return unfinished.finish();
        } catch (IOException e) {
            throw new IllegalStateException("The backup failed, nothing was kept: " + e.getMessage(), e);
        }
    }

    private void load(Path file, boolean replace) {
        PostgresTools tools = tools().orElseThrow(() -> new BackupRefused(
                file + " was made with pg_dump. Install PostgreSQL's client programs, not older than the server,"
                        + " and restore again."));
        try (Connection connection = Sessions.open(login)) {
            Catalog catalog = new Catalog(connection);
            Target.requireAlone(catalog);
            Sessions.become(connection, Sessions.OWNER);
            if (!replace) {
                new Target(connection, catalog, catalog.tables()).requireEmpty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
        }
        try {
            tools.restore(login, file);
        } catch (IOException e) {
            throw new IllegalStateException("The restore failed, the database is as it was: " + e.getMessage(), e);
        }
    }

    private void requireExpectedSchema() {
        List<Difference> differences = Doctor.examine(login);
        if (!differences.isEmpty()) {
            throw new IllegalStateException(
                    "The rows are restored, but the schema differs from that of this release in "
                            + Doctor.summary(differences));
        }
    }

    private void requireSchema() {
        try (Connection connection = Sessions.open(login)) {
            if (new Catalog(connection).tables().isEmpty()) {
                throw new BackupRefused("The database holds no HoloVitals schema: there is nothing to back up.");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
        }
    }

    private Optional<PostgresTools> tools() {
        try (Connection connection = Sessions.open(login)) {
            return PostgresTools.find(connection.getMetaData().getDatabaseMajorVersion());
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
        }
    }

    private static boolean isDump(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readNBytes(DUMP.length()), StandardCharsets.US_ASCII).equals(DUMP);
        } catch (IOException e) {
            throw new BackupRefused("There is no readable file " + file + ".", e);
        }
    }
}
