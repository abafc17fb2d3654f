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

    /** What is done under a lock, each with a number of its own that stays the same in all releases. */
    public enum Task {
        /** Rows of the audit log are put into the chain. */
        AUDIT_CHAIN(0x686f6c6f617564L),
        /** The audit log is looked at for what is suspicious, and for new viewers. */
        AUDIT_WATCH(0x686f6c6f616c65L),
        /** Events are asked of the identity provider. */
        IDENTITY_EVENTS(0x686f6c6f657674L),
        /** The health of all parts is written down. */
        HEALTH(0x686f6c6f6865616cL),
        /** Instances are started, watched and ended, of each tag by itself. */
        INSTANCES(0x686f6c6f696e73L),
        /** Patients get new data keys. */
        KEY_RENEWAL(0x686f6c6f6b6579L),
        /** Bundles are imported. */
        IMPORT(0x686f6c6f696d70L);

        private final long key;

        Task(long key) {
            this.key = key;
        }

        /** The number of its lock. */
        public long key() {
            return key;
        }
    }

    private AdvisoryLock(Connection connection, long key) {
        this.connection = connection;
        this.key = key;
    }

    /** The lock, or nothing while another has it. */
    public static Optional<AdvisoryLock> take(DataSource dataSource, Task task) throws SQLException {
        return take(dataSource, task.key());
    }

    /** The same of what is done for each name by itself. */
    public static Optional<AdvisoryLock> take(DataSource dataSource, Task task, String name) throws SQLException {
        return take(dataSource, task.key() ^ name.hashCode());
    }

    private static Optional<AdvisoryLock> take(DataSource dataSource, long key) throws SQLException {
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
