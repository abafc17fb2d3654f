package org.holovitals.server.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** Clients that each send the next request when the last is answered: how much a server can do at the most. */
final class ClosedLoop {
    private ClosedLoop() {}

    /**
     * What was done.
     *
     * @param units resources that came back or were stored
     */
    record Result(long operations, long units, double seconds) {
        Result withUnits(long counted) {
            return new Result(operations, counted, seconds);
        }

        double operationsPerSecond() {
            return operations / seconds;
        }

        double unitsPerSecond() {
            return units / seconds;
        }
    }

    /** For a while. */
    static Result during(Subject subject, int clients, Duration window, Work work)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + window.toNanos();
        return run(subject, clients, turn -> System.nanoTime() < end, work);
    }

    /** So many times, the turns counted from zero. */
    static Result times(Subject subject, int clients, long operations, Work work)
            throws IOException, InterruptedException {
        return run(subject, clients, turn -> turn < operations, work);
    }

    private static Result run(Subject subject, int clients, LongPredicate goesOn, Work work)
            throws IOException, InterruptedException {
        AtomicLong turns = new AtomicLong();
        AtomicLong operations = new AtomicLong();
        AtomicLong units = new AtomicLong();
        long began = System.nanoTime();
        Clients.run(subject, clients, client -> {
            for (long turn = turns.getAndIncrement(); goesOn.test(turn); turn = turns.getAndIncrement()) {
                units.addAndGet(work.once(client, turn));
                operations.incrementAndGet();
            }
        });
        return new Result(operations.get(), units.get(), (System.nanoTime() - began) / 1e9);
    }
}
