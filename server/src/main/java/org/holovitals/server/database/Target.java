package org.holovitals.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** The database that a backup is to be loaded into, inside the loading transaction. */
final class Target {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Connection connection;
    private final Catalog catalog;
    private final List<Catalog.Table> tables;

    Target(Connection connection, Catalog catalog, List<Catalog.Table> tables) {
        this.connection = connection;
        this.catalog = catalog;
        this.tables = tables;
    }

    /**
     * Same migrations, same tables, same columns. It also keeps the file's names out of SQL: from here on each is one
     * that the catalog has.
     */
    void requireSameSchema(Manifest manifest) throws SQLException {
        String own = catalog.schemaVersion();
        if (!own.equals(manifest.schemaVersion())) {
            throw new BackupRefused("The backup has schema version " + manifest.schemaVersion() + ", this database "
                    + (own.isEmpty() ? "none: migrate it first" : own)
                    + ". Restore it with the release that made it, then upgrade.");
        }
        Map<String, Set<String>> expected = manifest.tables().stream()
                .collect(Collectors.toMap(Manifest.TableContent::name, table -> new HashSet<>(table.columns())));
        Map<String, Set<String>> found =
                tables.stream().collect(Collectors.toMap(Catalog.Table::name, table -> new HashSet<>(table.columns())));
        if (!expected.equals(found)) {
            throw new BackupRefused("The backup's tables or columns are not those of this database: "
                    + differences(expected, found) + ".");
        }
    }

    /** Until the end of the transaction nobody else reads or writes. */
    void lock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '10s'");
            statement.execute("LOCK TABLE " + names() + " IN ACCESS EXCLUSIVE MODE");
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new BackupRefused("The database is in use. Stop the server first.", e);
            }
            throw e;
        }
    }

    /**
     * A server that runs on would answer from its caches and write ids that the restored rows have. To be called as
     * the login, which alone may see its sessions; one that was just closed takes a moment to go.
     */
    static void requireAlone(Catalog catalog) throws SQLException {
        long others = 1;
        for (int attempt = 0; attempt < 20 && others > 0; attempt++) {
            LockSupport.parkNanos(attempt == 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(100));
            catalog.texts("SELECT pg_stat_clear_snapshot()");
            others = catalog.number("""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()""");
        }
        if (others > 0) {
            throw new BackupRefused(
                    "The database has " + others + " other connections of this login. Stop the server first.");
        }
    }

    /** Refuses to load into a database that holds rows. */
    void requireEmpty() throws SQLException {
        List<String> filled = new ArrayList<>(filled());
        Sessions.becomeLogin(connection);
        if (new KeycloakSchema(connection).hasRows()) {
            filled.add("Keycloak's accounts");
        }
        Sessions.become(connection, Sessions.OWNER);
        if (!filled.isEmpty()) {
            throw new BackupRefused(
                    "The database is not empty (" + String.join(", ", filled.subList(0, Math.min(3, filled.size())))
                            + (filled.size() > 3 ? " …" : "")
                            + "). Restore into a new one, or say that its content may be replaced (--replace).");
        }
    }

    /** Throws all rows and large objects away. */
    void empty() throws SQLException {
        if (filled().isEmpty()) {
            return;
        }
        Sessions.become(connection, Sessions.APPLICATION);
        new LargeObjects(connection).unlink(tables);
        Sessions.become(connection, Sessions.OWNER);
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE " + names());
        }
    }

    private List<String> filled() throws SQLException {
        String query = tables.stream()
                .map(Catalog.Table::name)
                .map(name -> "SELECT '" + name.replace("'", "''") + "' WHERE EXISTS (SELECT FROM " + name + ")")
                .collect(Collectors.joining(" UNION ALL "));
        return catalog.texts(query);
    }

    private String names() {
        return tables.stream().map(Catalog.Table::name).collect(Collectors.joining(", "));
    }

    private static String differences(Map<String, Set<String>> expected, Map<String, Set<String>> found) {
        Set<String> names = new HashSet<>(expected.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .filter(name -> !expected.getOrDefault(name, Set.of()).equals(found.getOrDefault(name, Set.of())))
                .sorted()
                .limit(5)
                .collect(Collectors.joining(", "));
    }
}
