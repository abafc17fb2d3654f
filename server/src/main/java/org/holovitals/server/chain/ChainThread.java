package org.holovitals.server.chain;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the chain longer again and again, in a thread of its own, and the partitions of the months to come. */
final class ChainThread implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainThread.class);
    private static final Duration PARTITIONS_EVERY = Duration.ofHours(6);

    private final AuditChain chain;
    private final Partitions partitions;
    private final Duration interval;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "audit-chain");
        made.setDaemon(true);
        return made;
    });
    private volatile Instant lookedAt;
    private Instant partitionsMade = Instant.EPOCH;
    private boolean isFailing;

    ChainThread(AuditChain chain, Partitions partitions, Duration interval, Clock clock) {
        this.chain = chain;
        this.partitions = partitions;
        this.interval = interval;
        this.clock = clock;
        this.lookedAt = clock.instant();
    }

    ChainThread start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** What goes wrong is tried again; a line tells when it begins and one when it is over. */
    private void look() {
        try {
            chain.extend();
            chain.anchor();
            makePartitions();
            lookedAt = clock.instant();
            if (isFailing) {
                LOG.info("The audit log is chained again");
            }
            isFailing = false;
        } catch (RuntimeException e) {
            // A thread that ends here would leave rows unsigned until the next start.
            if (!isFailing && !thread.isShutdown()) {
                LOG.error(
                        "The audit log cannot be chained, tried again every {} s: {}",
                        interval.toSeconds(),
                        e.getClass());
            }
            isFailing = true;
        }
    }

    private void makePartitions() {
        if (clock.instant().isAfter(partitionsMade.plus(PARTITIONS_EVERY))) {
            partitions.makeAhead(clock.instant());
            partitionsMade = clock.instant();
        }
    }

    /** How long no look for rows to chain went well. */
    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder(
                        "holovitals.audit.chain.age",
                        () -> Duration.between(lookedAt, clock.instant()).toMillis() / 1000.0)
                .description("Since all rows of the audit log were last chained")
                .baseUnit("seconds")
                .register(metrics);
    }

    /** The last rows are chained, too, when the database lets them. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(5, TimeUnit.SECONDS)) {
                chain.extend();
                chain.anchorNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("The last rows are chained at the next start", e);
        }
    }
}
