package org.holovitals.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Failed runs of HAPI's migrator, which Flyway would not try again by itself. */
final class FailedSteps {
    private FailedSteps() {}

    /** HAPI keeps its own history and resumes from it; a failed SQL migration was rolled back and left no row. */
    static void forget(Connection login) throws SQLException {
        try (Statement statement = login.createStatement()) {
            if (historyExists(statement)) {
                statement.execute("delete from holovitals.flyway_schema_history where type = 'JDBC' and not success");
            }
        }
    }

    private static boolean historyExists(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("select to_regclass('holovitals.flyway_schema_history') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
