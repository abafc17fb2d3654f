package org.holovitals.server.base;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Does a piece of work again and again, in a thread of its own. What goes wrong is tried again: a line in the log tells when
 * that begins, and one when it is over.
 */
public final class Repetition implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Work work;
    private final Words words;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private boolean isFailing;

    /**
     * With the name of its thread.
     *
     * @param interval from the end of one time to the beginning of the next
     */
    public Repetition(String name, Work work, Words words, Duration interval) {
        this.work = work;
        this.words = words;
        this.interval = interval;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** What is done. */
    @FunctionalInterface
    public interface Work {
        /** Does it once. */
        void once() throws SQLException;
    }

    /**
     * What the log says.
     *
     * @param fails a sentence for the first time that it went wrong
     * @param recovers a sentence for the first time that it went well again
     * @param reason what may be said of an exception: its message could quote a row
     */
    public record Words(Logger log, Level level, String fails, String recovers, Function<Exception, String> reason) {
        /** A warning with nothing but the exception's class. */
        public static Words of(Logger log, String fails, String recovers) {
            return new Words(log, Level.WARN, fails, recovers, problem -> problem.getClass()
                    .getName());
        }
    }

    /** Begins at once. */
    public Repetition start() {
        return startAfter(Duration.ZERO);
    }

    /** Begins after a time. */
    public Repetition startAfter(Duration delay) {
        var unused =
                thread.scheduleWithFixedDelay(this::look, delay.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void look() {
        try {
            work.once();
            if (isFailing) {
                words.log().info(words.recovers());
            }
            isFailing = false;
        } catch (SQLException | RuntimeException e) {
            // A thread that ends here would leave the work undone until the next start.
            if (!isFailing && !thread.isShutdown()) {
                words.log()
                        .atLevel(words.level())
                        .log(
                                "{}, tried again every {}: {}",
                                words.fails(),
                                interval.toMillis() < 1000 ? interval.toMillis() + " ms" : interval.toSeconds() + " s",
                                words.reason().apply(e));
            }
            isFailing = true;
        }
    }

    /** Lets the work that runs come to its end and begins no other; false when it takes too long. */
    public boolean finish() {
        thread.shutdown();
        return isOver();
    }

    /** Interrupts the work that runs. Its connection goes back before the pool closes. */
    @Override
    public void close() {
        thread.shutdownNow();
        if (!isOver()) {
            words.log().debug("{}: the work is still under way", words.fails());
        }
    }

    private boolean isOver() {
        try {
            return thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
