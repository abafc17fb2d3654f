package org.holovitals.server.chain;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.holovitals.migrations.Login;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.AdvisoryLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionOperations;

/** A log of its own inside of one transaction of the tables' owner, which is rolled back: nobody else sees any of it. */
final class OwnLog implements AutoCloseable {
    final ChainKey key = ChainKey.make();
    final JdbcClient jdbc;
    private final Connection connection;
    private final Clock clock;

    OwnLog(Login login, Clock clock) throws SQLException {
        this.clock = clock;
        this.connection = DriverManager.getConnection(login.url(), login.user(), login.password());
        this.connection.setAutoCommit(false);
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        // From here on the server's own sequencer waits.
        jdbc.sql("select pg_advisory_xact_lock(?)")
                .param(AdvisoryLock.Task.AUDIT_CHAIN.key())
                .query((row, index) -> true)
                .single();
        for (String table : new String[] {"audit_reviews", "audit_batches", "audit_logs"}) {
            jdbc.sql("delete from holovitals." + table).update();
        }
    }

    /** Rows of everything that a row can have. */
    void rows(int count, Instant at) {
        rows(jdbc, count, at);
    }

    /** The same by the owner of the tables of a log that is none of these. */
    static void rows(JdbcClient owner, int count, Instant at) {
        owner.sql("""
                        insert into holovitals.audit_logs (id, timestamp, created_at, user_id, client_id, session_id, action, resource,
                          resource_id, patients, consents, outcome, ip_address, user_agent, details)
                        select gen_random_uuid(), cast(:at as timestamptz) + n * interval '1 ms', cast(:at as timestamptz),
                          gen_random_uuid(), 'app', 's-' || n, 'read', 'Observation', 'o-' || n, array['p-' || n],
                          array[gen_random_uuid()], 'success', '192.0.2.7', 'agent', jsonb_build_object('status', 200, 'n', n)
                        from generate_series(1, :count) as n
                        """).param("at", at.toString()).param("count", count).update();
    }

    Sequencer sequencer(int rowsOfBatch) {
        return new Sequencer(jdbc, TransactionOperations.withoutTransaction(), batches(), key, clock, rowsOfBatch);
    }

    Batch next(Sequencer sequencer) {
        return sequencer.next().orElseThrow();
    }

    Batches batches() {
        return new Batches(jdbc, new Ids());
    }

    Verification verify(Map<Long, Hash> anchors) {
        return new Verifier(KnownKeys.of(key.open()), new AnchorCheck(anchors), clock.instant())
                .of(new StoredTrail(batches(), new Lines(jdbc), new Removals(jdbc, new Ids())));
    }

    /** Checks the log as it is after some statements, and takes them back. */
    Verification verifyAfter(Map<Long, Hash> anchors, Runnable statements) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            statements.run();
            return verify(anchors);
        } finally {
            connection.rollback(before);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
