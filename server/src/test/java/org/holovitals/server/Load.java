package org.holovitals.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Some threads that do the same again and again for a while, for benchmarks. */
public final class Load {
    private static final Duration ROUND = Duration.ofSeconds(Long.getLong("holovitals.benchmark.seconds", 8));

    private Load() {}

    /** Something that is done again and again. */
    @FunctionalInterface
    public interface Work {
        /** Does it once more; {@code thread} tells threads apart. */
        void once(int thread) throws Exception;
    }

    /** How often it was done in a second of a round. */
    public static long rate(int threads, Work work) throws InterruptedException, ExecutionException {
        AtomicLong done = new AtomicLong();
        Instant end = Instant.now().plus(ROUND);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(pool.submit(() -> {
                while (Instant.now().isBefore(end)) {
                    work.once(thread);
                    done.incrementAndGet();
                }
                return true;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        pool.shutdown();
        return done.get() / ROUND.toSeconds();
    }

    /** The one in the middle. */
    public static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
