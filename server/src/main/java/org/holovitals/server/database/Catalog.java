package org.holovitals.server.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's catalog says of some schemas, if not said otherwise {@code fhir} and {@code holovitals}. Names come quoted. */
final class Catalog {
    private final Connection connection;
    private final String schemas;

    Catalog(Connection connection) {
        this(connection, "fhir", "holovitals");
    }

    Catalog(Connection connection, String... schemas) {
        this.connection = connection;
        this.schemas = "('" + String.join("', '", schemas) + "')";
    }

    /** {@code objectColumns} are those that hold the ids of large objects. */
    record Table(String name, boolean partitioned, List<String> columns, List<String> objectColumns) {}

    /**
     * The tables with content of their own. A partition's rows belong to its parent, and the two migrators' histories
     * (known by their column installed_rank) tell of the schema, which a restore finds ready.
     */
    List<Table> tables() throws SQLException {
        return query(
                """
                SELECT format('%%I.%%I', n.nspname, c.relname), c.relkind = 'p',
                       array_agg(quote_ident(a.attname) ORDER BY a.attnum),
                       array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE a.atttypid = 'oid'::regtype)
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                WHERE n.nspname IN %s AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                GROUP BY n.nspname, c.relname, c.relkind
                HAVING NOT bool_or(lower(a.attname) = 'installed_rank')
                ORDER BY n.nspname, c.relname""".formatted(schemas),
                row -> new Table(
                        row.getString(1), row.getBoolean(2), strings(row.getArray(3)), strings(row.getArray(4))));
    }

    List<Manifest.SequenceState> sequences() throws SQLException {
        List<String> names = query("""
                SELECT format('%%I.%%I', n.nspname, c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname IN %s AND c.relkind = 'S'
                ORDER BY n.nspname, c.relname""".formatted(schemas), row -> row.getString(1));
        List<Manifest.SequenceState> states = new ArrayList<>();
        for (String name : names) {
            states.addAll(query(
                    "SELECT last_value, is_called FROM " + name,
                    row -> new Manifest.SequenceState(name, row.getLong(1), row.getBoolean(2))));
        }
        return states;
    }

    /** The version of the last migration of our own history, or an empty text when the database was never migrated. */
    String schemaVersion() throws SQLException {
        List<String> histories = query("""
                SELECT format('%I.%I', n.nspname, c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'installed_rank'
                WHERE n.nspname = 'holovitals' AND c.relkind = 'r'""", row -> row.getString(1));
        if (histories.isEmpty()) {
            return "";
        }
        return text("SELECT coalesce((SELECT version FROM " + histories.get(0)
                + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1), '')");
    }

    /** The statements that take all foreign keys away, and the ones that bring them back as they were. */
    ForeignKeys foreignKeys() throws SQLException {
        List<String> drops = new ArrayList<>();
        List<String> adds = new ArrayList<>();
        query(
                """
                SELECT format('%I.%I', n.nspname, t.relname), quote_ident(c.conname), pg_get_constraintdef(c.oid)
                FROM pg_constraint c
                JOIN pg_class t ON t.oid = c.conrelid
                JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE c.contype = 'f' AND c.conparentid = 0 AND n.nspname IN ('fhir', 'holovitals')
                ORDER BY 1, 2""",
                row -> {
                    drops.add("ALTER TABLE " + row.getString(1) + " DROP CONSTRAINT " + row.getString(2));
                    adds.add("ALTER TABLE " + row.getString(1) + " ADD CONSTRAINT " + row.getString(2) + " "
                            + row.getString(3));
                    return row.getString(2);
                });
        return new ForeignKeys(drops, adds);
    }

    record ForeignKeys(List<String> drops, List<String> adds) {}

    /** The tables and partitions with enabled triggers of ours. */
    List<String> tablesWithTriggers() throws SQLException {
        return query("""
                SELECT DISTINCT format('%I.%I', n.nspname, c.relname)
                FROM pg_trigger g
                JOIN pg_class c ON c.oid = g.tgrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE NOT g.tgisinternal AND g.tgenabled = 'O' AND n.nspname IN ('fhir', 'holovitals')""", row -> row.getString(1));
    }

    List<String> texts(String query) throws SQLException {
        return query(query, row -> row.getString(1));
    }

    String text(String query) throws SQLException {
        return query(query, row -> row.getString(1)).get(0);
    }

    long number(String query) throws SQLException {
        return query(query, row -> row.getLong(1)).get(0);
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String query, RowReader<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
