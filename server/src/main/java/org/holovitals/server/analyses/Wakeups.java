package org.holovitals.server.analyses;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.database.Pools;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Wakes those who wait for something to change in the queue, in every process on the database. It only saves them a look:
 * whoever waits looks by himself after a while, so a notification that is lost costs nothing but time.
 */
final class Wakeups implements AutoCloseable {
    private static final String CHANNEL = "holovitals_analyses";
    private static final Duration STATEMENT = Duration.ofSeconds(5);
    private static final int LISTEN_MILLIS = 500;
    private static final Repetition.Words WORDS = Repetition.Words.of(
            LoggerFactory.getLogger(Wakeups.class),
            "Notifications of the queue cannot be heard, so it is looked at every few seconds",
            "Notifications of the queue are heard again");

    private final JdbcClient jdbc;
    private final Pools pools;
    private final Repetition listener = new Repetition("analysis-wakeups", this::listen, WORDS, Duration.ofSeconds(1));
    private final Object changes = new Object();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private long change;
    private volatile boolean isClosed;

    Wakeups(JdbcClient jdbc, Pools pools) {
        this.jdbc = jdbc;
        this.pools = pools;
    }

    /** Hears of other processes from here on; may be said more than once. */
    void start() {
        if (isStarted.compareAndSet(false, true)) {
            listener.start();
        }
    }

    /** Wakes everybody when the transaction that runs is committed. */
    void send() {
        jdbc.sql("select pg_notify('" + CHANNEL + "', '')")
                .query((row, number) -> true)
                .single();
    }

    /** The number of the last change that was heard of. */
    long last() {
        synchronized (changes) {
            return change;
        }
    }

    /** Returns when a change was heard of after one, or the time is over. */
    void await(long seen, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        synchronized (changes) {
            for (long left = most.toNanos(); change == seen && left > 0; left = end - System.nanoTime()) {
                changes.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        }
    }

    private void listen() throws SQLException {
        try (HikariDataSource pool = pools.application("holovitals-analyses", 1, STATEMENT);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (!isClosed && !Thread.currentThread().isInterrupted()) {
                if (notified.getNotifications(LISTEN_MILLIS).length > 0) {
                    changed();
                }
            }
        }
    }

    private void changed() {
        synchronized (changes) {
            change++;
            changes.notifyAll();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        changed();
        listener.close();
    }
}
