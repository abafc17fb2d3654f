package org.holovitals.server.analyses;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.analyses.TaskLeases.Worker;
import org.holovitals.server.base.Hold;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.base.Repetition.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that work on the queue, in the server or in a process of their own. They keep the leases of what they work on, and
 * give back to the queue what others left lying.
 */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final long PATIENCE_SECONDS = 5;
    private static final int KEPT_IN_A_LEASE = 4;
    private static final String FAILED = "It failed as often as it may be tried; the log has it by its id";
    private static final String LEFT_LYING = "Its workers ended while they worked on it, as often as it may be tried";

    private final TaskLeases leases;
    private final TaskWork work;
    private final TaskEnds ends;
    private final Timing timing;
    private final ExecutorService threads = Executors.newCachedThreadPool(Workers::thread);
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Repetition keeper;
    private volatile Claims claims;
    private volatile boolean isClosed;

    Workers(TaskLeases leases, Claims claims, TaskWork work, TaskEnds ends, Timing timing) {
        this.leases = leases;
        this.claims = claims;
        this.work = work;
        this.ends = ends;
        this.timing = timing;
        this.keeper = new Repetition(
                "analysis-leases",
                this::keep,
                Words.of(LOG, "The leases of analyses cannot be kept", "The leases of analyses are kept again"),
                timing.worker().lease().dividedBy(KEPT_IN_A_LEASE));
    }

    /**
     * When they work.
     *
     * @param worker as whom they hold tasks
     */
    record Timing(Worker worker, Wakeups wakeups) {}

    private record Running(AnalysisTask task, Hold hold) {}

    private static Thread thread(Runnable work) {
        Thread made = new Thread(work, "analyses");
        made.setDaemon(true);
        return made;
    }

    /** Takes care of what others left lying, without working. */
    public void watch() {
        timing.wakeups().start();
        keeper.start();
    }

    /** Begins to work on a machine that was started for it, on one task at a time: so each has a price of its own. */
    public void startOn(UUID instance) {
        claims = claims.on(instance);
        start(1);
    }

    /** Begins to work with so many threads; with none nothing happens. */
    public void start(int number) {
        if (number > 0) {
            watch();
        }
        for (int i = 0; i < number; i++) {
            threads.execute(this::look);
        }
    }

    private void look() {
        while (!isClosed) {
            long seen = timing.wakeups().last();
            try {
                while (!isClosed && runOne()) {
                    LOG.debug("A task is done");
                }
                timing.wakeups().await(seen, LOOK);
            } catch (InterruptedException e) {
                // It was meant for a task that is over, or the server ends.
                LOG.debug("A worker is woken");
            } catch (RuntimeException e) {
                // A thread that ends here would leave tasks waiting until the next start.
                LOG.warn(
                        "Analyses cannot be looked for, tried again: {}",
                        e.getClass().getName());
                pause();
            }
        }
    }

    private void pause() {
        try {
            timing.wakeups().await(timing.wakeups().last(), LOOK);
        } catch (InterruptedException e) {
            LOG.debug("A worker is woken");
        }
    }

    /** Works on the task that comes next, to its end; false when there is none. */
    boolean runOne() {
        Optional<AnalysisTask> task = claims.next();
        task.ifPresent(this::work);
        return task.isPresent();
    }

    private void work(AnalysisTask task) {
        Running current = new Running(task, new Hold());
        running.add(current);
        try {
            work.run(task);
        } catch (LeaseLost e) {
            LOG.info("The task {} is another worker's or cancelled; what was made of it is dropped", task.id());
        } catch (InterruptedException | RuntimeException e) {
            running.remove(current);
            current.hold().end();
            failed(current, e);
        } finally {
            running.remove(current);
            current.hold().end();
        }
    }

    /** Once the thread is free of what interrupted it. */
    private void failed(Running current, Exception thrown) {
        AnalysisTask task = current.task();
        if (isClosed) {
            var unused = Thread.interrupted();
            leases.giveBack(task);
        } else if (!current.hold().isLost()) {
            // The message of whatever failed could quote a record.
            LOG.warn(
                    "The task {} failed at attempt {}: {}",
                    task.id(),
                    task.state().attempts(),
                    thrown.getClass().getName());
            ends.failed(task, FAILED);
        }
    }

    /** Keeps what is worked on here, and takes care of what is kept nowhere. */
    void keep() {
        for (Running each : running) {
            if (!leases.keep(each.task(), timing.worker().lease())) {
                each.hold().lose();
            }
        }
        if (leases.returnLost() > 0) {
            timing.wakeups().send();
        }
        for (Optional<AnalysisTask> exhausted = exhausted(); exhausted.isPresent(); exhausted = exhausted()) {
            ends.bury(exhausted.get(), LEFT_LYING);
        }
    }

    private Optional<AnalysisTask> exhausted() {
        return leases.takeExhausted(timing.worker());
    }

    /** Ends the work: what is under way goes back to the queue at once, as if it had not been begun. */
    @Override
    public void close() {
        isClosed = true;
        keeper.close();
        threads.shutdownNow();
        try {
            // Its connections go back before the pool closes.
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("An analysis is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timing.wakeups().close();
    }
}
