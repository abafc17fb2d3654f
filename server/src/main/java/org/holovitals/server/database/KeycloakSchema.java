package org.holovitals.server.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * The schema {@code keycloak}: accounts, apps and sessions. Keycloak makes and migrates its tables by itself, so a backup
 * also holds how to make them, and a restore needs no Keycloak to run first. All of it is the login's own.
 */
final class KeycloakSchema {
    static final String NAME = "keycloak";

    /** What a restore runs from a file: one statement that makes a table, a sequence, a key or an index of this schema. */
    private static final Pattern STATEMENT = Pattern.compile(
            "(CREATE (TABLE|SEQUENCE) keycloak\\.|ALTER TABLE keycloak\\.|CREATE (UNIQUE )?INDEX \\S+ ON keycloak\\.)[^;]*",
            Pattern.DOTALL);

    private final Connection connection;
    private final Catalog catalog;

    KeycloakSchema(Connection connection) {
        this.connection = connection;
        this.catalog = new Catalog(connection, NAME);
    }

    List<Catalog.Table> tables() throws SQLException {
        return catalog.tables();
    }

    List<Manifest.SequenceState> sequences() throws SQLException {
        return catalog.sequences();
    }

    boolean hasRows() throws SQLException {
        for (Catalog.Table table : tables()) {
            if (catalog.number("SELECT count(*) FROM (SELECT FROM " + table.name() + " LIMIT 1) AS found") > 0) {
                return true;
            }
        }
        return false;
    }

    /** The statements that make the bare tables and sequences. */
    List<String> definitions() throws SQLException {
        List<String> statements = new ArrayList<>(catalog.texts("""
                SELECT format('CREATE SEQUENCE %I.%I', n.nspname, c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'keycloak' AND c.relkind = 'S' ORDER BY c.relname"""));
        statements.addAll(catalog.texts("""
                SELECT format('CREATE TABLE %I.%I (%s)', n.nspname, c.relname, string_agg(
                    format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                      || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                      || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''),
                    ', ' ORDER BY a.attnum))
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                WHERE n.nspname = 'keycloak' AND c.relkind = 'r'
                GROUP BY n.nspname, c.relname ORDER BY c.relname"""));
        return checked(statements);
    }

    /** The statements that add keys and indexes once the rows are there; foreign keys come last. */
    List<String> keys() throws SQLException {
        List<String> statements = new ArrayList<>(catalog.texts("""
                SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, t.relname, c.conname,
                    pg_get_constraintdef(c.oid))
                FROM pg_constraint c
                JOIN pg_class t ON t.oid = c.conrelid
                JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE n.nspname = 'keycloak' AND c.contype IN ('p', 'u', 'c', 'f')
                ORDER BY array_position(ARRAY['p', 'u', 'c', 'f']::"char"[], c.contype), t.relname, c.conname"""));
        statements.addAll(catalog.texts("""
                SELECT pg_get_indexdef(i.indexrelid)
                FROM pg_index i
                JOIN pg_class t ON t.oid = i.indrelid
                JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE n.nspname = 'keycloak'
                AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
                ORDER BY 1"""));
        return checked(statements);
    }

    /** Puts the tables and rows of a backup in place of what there is. */
    void replace(BackupFile backup, Manifest.Accounts accounts) throws IOException, SQLException {
        execute(List.of("DROP SCHEMA IF EXISTS keycloak CASCADE", "CREATE SCHEMA keycloak"));
        execute(checked(accounts.definitions()));
        requireTables(accounts);
        for (Manifest.TableContent table : accounts.tables()) {
            load(backup, table);
        }
        execute(checked(accounts.keys()));
        for (Manifest.SequenceState own : sequences()) {
            Manifest.SequenceState state = accounts.sequences().stream()
                    .filter(known -> known.name().equals(own.name()))
                    .findFirst()
                    .orElseThrow(() -> new BackupRefused("The backup lacks the sequence " + own.name() + "."));
            catalog.text("SELECT setval('" + own.name().replace("'", "''") + "', " + state.lastValue() + ", "
                    + state.called() + ")");
        }
    }

    private void load(BackupFile backup, Manifest.TableContent table) throws IOException, SQLException {
        String copy = "COPY " + table.name() + " (" + String.join(", ", table.columns()) + ") FROM STDIN";
        try (Checksums.Input in = backup.content(table.entry())) {
            long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, in);
            if (rows != table.rows() || !in.checksum().equals(table.checksum())) {
                throw new BackupRefused(
                        "The backup was changed while it was read (" + table.entry() + "). Nothing was loaded.");
            }
        }
    }

    /** From here on each name of the file is one that the catalog has. */
    private void requireTables(Manifest.Accounts accounts) throws SQLException {
        Map<String, Set<String>> expected = accounts.tables().stream()
                .collect(Collectors.toMap(Manifest.TableContent::name, table -> new HashSet<>(table.columns())));
        Map<String, Set<String>> made = tables().stream()
                .collect(Collectors.toMap(Catalog.Table::name, table -> new HashSet<>(table.columns())));
        if (!expected.equals(made)) {
            throw new BackupRefused("The backup's tables of Keycloak are not those that it says how to make.");
        }
    }

    private static List<String> checked(List<String> statements) {
        for (String statement : statements) {
            if (!STATEMENT.matcher(statement).matches()) {
                throw new BackupRefused("Not a definition of a table of Keycloak: "
                        + statement.substring(0, Math.min(80, statement.length())));
            }
        }
        return statements;
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
