package org.holovitals.server.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at a rate, whatever the answers take: each is timed from when it was meant to be sent, so that a server
 * which stalls is not spared the requests that would have come meanwhile.
 */
final class OpenLoop {
    private static final long MOST_MICROS = 120_000_000;
    private static final int DIGITS = 3;

    private OpenLoop() {}

    /**
     * Times in milliseconds.
     *
     * @param rate requests a second that were meant to be sent
     */
    record Latency(double rate, long operations, double p50, double p95, double p99, double max) {
        private static Latency of(double rate, Histogram micros) {
            return new Latency(
                    rate,
                    micros.getTotalCount(),
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(95) / 1000.0,
                    micros.getValueAtPercentile(99) / 1000.0,
                    micros.getMaxValue() / 1000.0);
        }
    }

    /** All requests that are due in the window are sent, however late. */
    static Latency at(Subject subject, int clients, double rate, Duration window, Work work)
            throws IOException, InterruptedException {
        long due = Math.max(1, Math.round(rate * window.toMillis() / 1000.0));
        double gap = 1e9 / rate;
        Histogram micros = new ConcurrentHistogram(MOST_MICROS, DIGITS);
        AtomicLong turns = new AtomicLong();
        long began = System.nanoTime();
        Clients.run(subject, clients, client -> {
            for (long turn = turns.getAndIncrement(); turn < due; turn = turns.getAndIncrement()) {
                long meant = began + (long) (turn * gap);
                await(meant);
                work.once(client, turn);
                micros.recordValue(Math.min(MOST_MICROS, (System.nanoTime() - meant) / 1000));
            }
        });
        return Latency.of(rate, micros);
    }

    private static void await(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
