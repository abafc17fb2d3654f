package org.holovitals.server.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.holovitals.migrations.Login;

/**
 * What PostgreSQL could do on this machine at the most: reads of stored resources by primary key, as {@code pgbench -S}
 * does them, and batched inserts of the rows that the resources are.
 */
final class Limits {
    private static final int ROWS = 10_000;
    private static final int BATCH = 500;

    private final Store store;
    private final String table;

    Limits(Store store) {
        this.store = store;
        this.table = store.schema() + ".hfj_res_ver";
    }

    /** Both rates are per second. */
    record Rates(double readsByKey, double batchedInserts) {}

    Rates measure(int threads, Duration window) throws SQLException, InterruptedException {
        List<Row> rows = rows();
        return new Rates(reads(rows, threads, window), inserts(rows));
    }

    private record Row(long key, long resource, String text) {}

    private List<Row> rows() throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pid, res_id, res_text_vc from " + table
                        + " where res_text_vc is not null limit " + ROWS)) {
            while (result.next()) {
                rows.add(new Row(result.getLong(1), result.getLong(2), result.getString(3)));
            }
        }
        return rows;
    }

    private double reads(List<Row> rows, int threads, Duration window) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + window.toNanos();
        parallel(threads, number -> {
            try (Connection connection = connect();
                    PreparedStatement read =
                            connection.prepareStatement("select res_text_vc from " + table + " where pid = ?")) {
                for (int i = number; System.nanoTime() < end; i += 7919) {
                    read.setLong(1, rows.get(i % rows.size()).key());
                    try (ResultSet result = read.executeQuery()) {
                        result.next();
                        result.getString(1);
                    }
                    done.incrementAndGet();
                }
            }
        });
        return done.get() / (window.toMillis() / 1000.0);
    }

    private double inserts(List<Row> rows) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists benchmark_rows"
                    + " (pid bigint primary key, res_id bigint, res_text_vc text)");
            statement.execute("truncate benchmark_rows");
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            insert(connection, rows);
            double seconds = (System.nanoTime() - began) / 1e9;
            statement.execute("drop table benchmark_rows");
            connection.commit();
            return rows.size() / seconds;
        }
    }

    private static void insert(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into benchmark_rows (pid, res_id, res_text_vc) values (?, ?, ?)")) {
            int waiting = 0;
            for (Row row : rows) {
                insert.setLong(1, row.key());
                insert.setLong(2, row.resource());
                insert.setString(3, row.text());
                insert.addBatch();
                if (++waiting == BATCH) {
                    insert.executeBatch();
                    connection.commit();
                    waiting = 0;
                }
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private interface Numbered {
        void run(int number) throws SQLException;
    }

    private static void parallel(int threads, Numbered work) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                tasks.add(() -> {
                    work.run(number);
                    return true;
                });
            }
            for (Future<Boolean> each : pool.invokeAll(tasks)) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Connection connect() throws SQLException {
        Login login = store.login();
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("reWriteBatchedInserts", "true");
        return DriverManager.getConnection(login.url(), properties);
    }
}
