package org.holovitals.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** What one server at a time does. The lock goes with the connection, so a dead server frees it. */
public final class AdvisoryLock implements AutoCloseable {
    private final Connection connection;
    private final long key;

    private AdvisoryLock(Connection connection, long key) {
        this.connection = connection;
        this.key = key;
    }

    /**
     * The lock, or nothing while another has it.
     *
     * @param key what is done, a number of its own
     */
    public static Optional<AdvisoryLock> take(DataSource dataSource, long key) throws SQLException {
        Connection connection = dataSource.getConnection();
        if (ask(connection, "select pg_try_advisory_lock(" + key + ")")) {
            return Optional.of(new AdvisoryLock(connection, key));
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
            ask(connection, "select pg_advisory_unlock(" + key + ")");
        }
    }
}
