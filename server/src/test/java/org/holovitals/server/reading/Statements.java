package org.holovitals.server.reading;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The SQL statements that threads of requests send, as the driver tells them. */
public final class Statements extends Handler implements AutoCloseable {
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** Counts from now on. */
    public Statements() {
        DRIVER.addHandler(this);
        DRIVER.setLevel(Level.FINEST);
        DRIVER.setUseParentHandlers(false);
    }

    /** How many since it was asked last. */
    public int count() {
        int count = sent.size();
        sent.clear();
        return count;
    }

    @Override
    public void publish(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        if (message.contains("FE=> Execute") && Thread.currentThread().getName().startsWith("http")) {
            sent.add(message);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        DRIVER.removeHandler(this);
        DRIVER.setLevel(null);
        DRIVER.setUseParentHandlers(true);
    }
}
