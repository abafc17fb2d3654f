package org.holovitals.server.importing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** One import at a time in a database: two would take the lines of one file apart differently and store some twice. */
final class ImportLock implements AutoCloseable {
    private static final long KEY = 0x686f6c6f696d70L;

    private final Connection connection;

    private ImportLock(Connection connection) {
        this.connection = connection;
    }

    /** The lock, or nothing when another import holds it. It goes with the connection, so a dead process frees it. */
    static Optional<ImportLock> take(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        if (ask(connection, "select pg_try_advisory_lock(" + KEY + ")")) {
            return Optional.of(new ImportLock(connection));
        }
        connection.close();
        return Optional.empty();
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            ask(connection, "select pg_advisory_unlock(" + KEY + ")");
        }
    }
}
