package org.holovitals.server.events;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** One server at a time reads the events. The lock goes with the connection, so a dead server frees it. */
final class PollLock implements AutoCloseable {
    private static final long KEY = 0x686f6c6f657674L;

    private final Connection connection;

    private PollLock(Connection connection) {
        this.connection = connection;
    }

    /** The lock, or nothing while another server reads. */
    static Optional<PollLock> take(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        if (ask(connection, "select pg_try_advisory_lock(" + KEY + ")")) {
            return Optional.of(new PollLock(connection));
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
