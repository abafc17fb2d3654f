package org.holovitals.server.models;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.slf4j.LoggerFactory;

/**
 * Counts the hours in which calls have ended lately. Several servers may do it side by side: each counts from the same rows,
 * so the result is the same.
 */
final class PerformanceHours implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    /** A server that was away for a day misses none of its hours. */
    private static final Duration BACK = Duration.ofDays(1);

    private final ModelCalls calls;
    private final ModelPerformance performance;
    private final Ids ids;
    private final Clock clock;
    private final Repetition repetition;
    private Instant countedTo;

    PerformanceHours(ModelCalls calls, ModelPerformance performance, Ids ids, Clock clock) {
        this.calls = calls;
        this.performance = performance;
        this.ids = ids;
        this.clock = clock;
        this.countedTo = clock.instant().minus(BACK);
        this.repetition = new Repetition(
                "model-performance",
                this::count,
                Repetition.Words.of(
                        LoggerFactory.getLogger(PerformanceHours.class),
                        "The performance of models cannot be counted",
                        "The performance of models is counted again"),
                INTERVAL);
    }

    void start() {
        repetition.startAfter(INTERVAL);
    }

    /** Looks back twice as far as it has to: clocks differ, and transactions end late. */
    synchronized void count() {
        Instant now = clock.instant();
        calls.endedSince(countedTo.minus(INTERVAL)).forEach(hour -> performance.count(ids.next(), hour, now));
        countedTo = now.minus(INTERVAL);
    }

    @Override
    public void close() {
        repetition.close();
    }
}
