package org.holovitals.server.consent;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for what is due again and again, in a thread of its own. */
final class ExpiryThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryThread.class);

    private final Expiry expiry;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "consent-expiry");
        made.setDaemon(true);
        return made;
    });
    private boolean isFailing;

    ExpiryThread(Expiry expiry, Duration interval) {
        this.expiry = expiry;
        this.interval = interval;
    }

    ExpiryThread start() {
        var unused = thread.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** What goes wrong is tried again; a line tells when it begins and one when it is over. */
    private void look() {
        try {
            expiry.run();
            if (isFailing) {
                LOG.info("Consents that ended are written down again");
            }
            isFailing = false;
        } catch (RuntimeException e) {
            // A thread that ends here would tell nobody until the next start.
            if (!isFailing && !thread.isShutdown()) {
                LOG.warn(
                        "Consents that ended cannot be written down, tried again every {} s: {}",
                        interval.toSeconds(),
                        e.getClass().getName());
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
                LOG.debug("A look at the consents is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
