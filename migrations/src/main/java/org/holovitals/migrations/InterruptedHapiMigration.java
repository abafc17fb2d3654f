package org.holovitals.migrations;

import ca.uhn.fhir.jpa.migrate.HapiMigrationLock;
import ca.uhn.fhir.jpa.migrate.MigrationTaskList;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.taskdef.BaseTask;
import ca.uhn.fhir.jpa.migrate.taskdef.InitializeSchemaTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a killed run of HAPI's migrator leaves behind: its lock row, and a half-made schema, which the next run would take
 * for a whole one. Flyway's lock is held here, so no other migrator is at work.
 */
final class InterruptedHapiMigration {
    private static final String HISTORY = SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME;

    private final DataSource pool;
    private final MigrationTaskList tasks;

    InterruptedHapiMigration(DataSource pool, MigrationTaskList tasks) {
        this.pool = pool;
        this.tasks = tasks;
    }

    void cleanUp() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            List<String> tables = tables(connection);
            if (tables.isEmpty()) {
                return;
            }
            if (!tables.contains(HISTORY)) {
                throw new IllegalStateException(
                        "Schema fhir holds tables (" + tables.get(0)
                                + " …) but no history of HAPI's migrator, so what they are is unknown. Start with an empty database.");
            }
            if (initialized(connection)) {
                releaseLock(connection);
            } else {
                startOver(connection);
            }
        }
    }

    private boolean initialized(Connection connection) throws SQLException {
        String sql = "select exists (select from \"" + HISTORY + "\" where version = ? and success)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, initialVersion());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private String initialVersion() {
        for (BaseTask task : tasks) {
            if (task instanceof InitializeSchemaTask) {
                return task.getMigrationVersion();
            }
        }
        throw new IllegalStateException("HAPI's migration tasks hold none that makes the schema.");
    }

    private static void releaseLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "delete from \"" + HISTORY + "\" where installed_rank = " + HapiMigrationLock.LOCK_PID);
        }
    }

    /** Nothing can have been written yet: HAPI starts only after the whole migration. */
    private static void startOver(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                statement.execute("drop table fhir.\"" + table + "\" cascade");
            }
            for (String sequence : relations(connection, 'S')) {
                statement.execute("drop sequence fhir.\"" + sequence + "\" cascade");
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        return relations(connection, 'r');
    }

    private static List<String> relations(Connection connection, char kind) throws SQLException {
        String sql =
                "select relname from pg_class where relnamespace = 'fhir'::regnamespace and relkind = ? order by 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, String.valueOf(kind));
            try (ResultSet rows = statement.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }
}
