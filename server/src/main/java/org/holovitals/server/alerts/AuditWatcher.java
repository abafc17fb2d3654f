package org.holovitals.server.alerts;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the audit log again and again, in a thread of its own: no request waits for it. */
final class AuditWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWatcher.class);

    private final AuditLook look;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "audit-watch");
        made.setDaemon(true);
        return made;
    });
    private boolean isFailing;

    AuditWatcher(AuditLook look, Duration interval) {
        this.look = look;
        this.interval = interval;
    }

    AuditWatcher start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** What goes wrong is tried again; a line tells when it begins and one when it is over. */
    private void look() {
        try {
            look.run();
            if (isFailing) {
                LOG.info("The audit log is watched again");
            }
            isFailing = false;
        } catch (SQLException | RuntimeException e) {
            // A thread that ends here would leave what happens unnoticed until the next start.
            if (!isFailing && !thread.isShutdown()) {
                LOG.warn(
                        "The audit log cannot be watched, tried again every {} ms: {}",
                        interval.toMillis(),
                        e.getClass().getSimpleName());
            }
            isFailing = true;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // Its connection goes back before the pool closes.
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.debug("A look at the audit log is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
