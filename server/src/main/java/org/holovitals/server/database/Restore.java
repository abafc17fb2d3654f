package org.holovitals.server.database;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.migrations.Login;
import org.postgresql.PGConnection;

/**
 * Loads a {@link Backup} into a migrated database, all or nothing. The backup is checked from end to end before the
 * database is touched, and no other session of the login may be connected.
 */
final class Restore {
    private final Login login;

    Restore(Login login) {
        this.login = login;
    }

    /** What was loaded. */
    record Loaded(String createdAt, int tables, long rows) {}

    /**
     * Returns when all is loaded, committed and analyzed.
     *
     * @param replace whether rows that the database holds may be thrown away; without it only an empty one is loaded
     * @throws BackupRefused when the file or the database is not fit; the database is then as it was
     */
    Loaded read(Path file, boolean replace, Progress progress) {
        try (BackupFile backup = BackupFile.open(file);
                Connection connection = Sessions.openForCopy(login)) {
            connection.setAutoCommit(false);
            try {
                load(connection, backup, replace, progress);
                connection.commit();
            } catch (IOException | SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
            connection.setAutoCommit(true);
            execute(connection, "ANALYZE");
            Manifest manifest = backup.manifest();
            return new Loaded(manifest.createdAt(), manifest.allTables().size(), manifest.rows());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The restore failed, the database is as it was: " + e.getMessage(), e);
        }
    }

    private static void load(Connection connection, BackupFile backup, boolean replace, Progress progress)
            throws IOException, SQLException {
        Catalog catalog = new Catalog(connection);
        Target.requireAlone(catalog);
        Sessions.become(connection, Sessions.OWNER);
        List<Catalog.Table> tables = catalog.tables();
        Target target = new Target(connection, catalog, tables);
        target.requireSameSchema(backup.manifest());
        target.lock();
        if (!replace) {
            target.requireEmpty();
        }
        loadAccounts(connection, backup);
        target.empty();
        Catalog.ForeignKeys keys = catalog.foreignKeys();
        executeAll(connection, keys.drops());
        List<String> triggers = catalog.tablesWithTriggers();
        executeAll(connection, alter(triggers, "DISABLE TRIGGER USER"));
        loadTables(connection, backup, progress);
        loadObjects(connection, backup);
        executeAll(connection, alter(triggers, "ENABLE TRIGGER USER"));
        executeAll(connection, keys.adds());
        compareCounts(catalog, backup.manifest());
        // Last of all: a rollback does not bring sequences back.
        setSequences(connection, catalog, backup.manifest());
        progress.finished("keys, sequences and counts", tables.size() + 1, tables.size() + 1);
    }

    /** A backup of a database on which no Keycloak ran leaves the accounts that there are. */
    private static void loadAccounts(Connection connection, BackupFile backup) throws IOException, SQLException {
        Manifest.Accounts accounts = backup.manifest().keycloak();
        if (!accounts.tables().isEmpty()) {
            Sessions.becomeLogin(connection);
            new KeycloakSchema(connection).replace(backup, accounts);
            Sessions.become(connection, Sessions.OWNER);
        }
    }

    private static void loadTables(Connection connection, BackupFile backup, Progress progress)
            throws IOException, SQLException {
        List<Manifest.TableContent> tables = backup.manifest().tables();
        int done = 0;
        for (Manifest.TableContent table : tables) {
            String copy = "COPY " + table.name() + " (" + String.join(", ", table.columns()) + ") FROM STDIN";
            try (Checksums.Input in = backup.content(table.entry())) {
                long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, in);
                requireUnchanged(in, table.checksum(), table.entry());
                progress.finished(table.name() + ": " + rows + " rows", ++done, tables.size() + 1);
            }
        }
    }

    private static void loadObjects(Connection connection, BackupFile backup) throws IOException, SQLException {
        Sessions.become(connection, Sessions.APPLICATION);
        try (Checksums.Input in = backup.content(Manifest.LARGE_OBJECTS)) {
            long count = new LargeObjects(connection).read(new DataInputStream(new BufferedInputStream(in)));
            requireUnchanged(in, backup.manifest().largeObjects().checksum(), Manifest.LARGE_OBJECTS);
            if (count != backup.manifest().largeObjects().count()) {
                throw new BackupRefused("The backup does not hold the large objects that its manifest names.");
            }
        }
        Sessions.become(connection, Sessions.OWNER);
    }

    /** The file may have been changed since it was checked. */
    private static void requireUnchanged(Checksums.Input in, Manifest.Checksum expected, String entry)
            throws IOException {
        if (!in.checksum().equals(expected)) {
            throw new BackupRefused("The backup was changed while it was read (" + entry + "). Nothing was loaded.");
        }
    }

    /** Names come from the database's own catalog, never from the file. */
    private static void setSequences(Connection connection, Catalog catalog, Manifest manifest) throws SQLException {
        Map<String, Manifest.SequenceState> states = manifest.sequences().stream()
                .collect(Collectors.toMap(Manifest.SequenceState::name, Function.identity()));
        for (Manifest.SequenceState own : catalog.sequences()) {
            Manifest.SequenceState state = states.get(own.name());
            if (state == null) {
                throw new BackupRefused("The backup lacks the sequence " + own.name() + ".");
            }
            execute(
                    connection,
                    "SELECT setval('" + own.name().replace("'", "''") + "', " + state.lastValue() + ", "
                            + state.called() + ")");
        }
    }

    private static void compareCounts(Catalog catalog, Manifest manifest) throws SQLException {
        for (Manifest.TableContent table : manifest.tables()) {
            long rows = catalog.number("SELECT count(*) FROM " + table.name());
            if (rows != table.rows()) {
                throw new BackupRefused("After loading, " + table.name() + " has " + rows + " rows, the backup names "
                        + table.rows() + ". Nothing was loaded.");
            }
        }
    }

    private static List<String> alter(List<String> tables, String action) {
        return tables.stream()
                .map(table -> "ALTER TABLE " + table + " " + action)
                .toList();
    }

    private static void executeAll(Connection connection, List<String> statements) throws SQLException {
        for (String statement : statements) {
            execute(connection, statement);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
