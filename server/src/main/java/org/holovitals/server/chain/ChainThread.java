package org.holovitals.server.chain;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.holovitals.server.base.Repetition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes the chain longer again and again, in a thread of its own, and the partitions of the months to come. */
final class ChainThread implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainThread.class);
    private static final Repetition.Words WORDS = new Repetition.Words(
            LOG,
            Level.ERROR,
            "The audit log cannot be chained",
            "The audit log is chained again",
            problem -> problem.getClass().getName());
    private static final Duration PARTITIONS_EVERY = Duration.ofHours(6);

    private final AuditChain chain;
    private final Partitions partitions;
    private final Clock clock;
    private final Repetition thread;
    private volatile Instant lookedAt;
    private Instant partitionsMade = Instant.EPOCH;

    ChainThread(AuditChain chain, Partitions partitions, Duration interval, Clock clock) {
        this.chain = chain;
        this.partitions = partitions;
        this.clock = clock;
        this.lookedAt = clock.instant();
        this.thread = new Repetition("audit-chain", this::look, WORDS, interval);
    }

    ChainThread start() {
        thread.start();
        return this;
    }

    private void look() {
        chain.extend();
        chain.anchor();
        makePartitions();
        lookedAt = clock.instant();
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
        try {
            if (thread.finish()) {
                chain.extend();
                chain.anchorNow();
            }
        } catch (RuntimeException e) {
            LOG.debug("The last rows are chained at the next start", e);
        }
    }
}
