package org.holovitals.server.audit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Makes entries durable for many threads at once: while one commit runs, the entries that come meanwhile wait, and go all
 * together into the next one. A request so waits for two commits at the most, and a busy server makes no more of them
 * than an idle one.
 */
public final class AuditWriter implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final long IDLE_MILLIS = 500;

    private final Consumer<Collection<AuditEntry>> commit;
    private final Duration patience;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::work, "audit-writer");
    private volatile boolean isClosed;
    private boolean isFailing;
    private volatile @Nullable DistributionSummary sizes;
    private volatile @Nullable Timer waits;

    /**
     * Begins to work.
     *
     * @param commit writes entries in one transaction and returns when they are durable
     * @param patience after which an entry counts as one that cannot be written
     */
    AuditWriter(Consumer<Collection<AuditEntry>> commit, Duration patience) {
        this.commit = commit;
        this.patience = patience;
        thread.setDaemon(true);
    }

    AuditWriter start() {
        thread.start();
        return this;
    }

    private record Waiting(AuditEntry entry, CompletableFuture<Boolean> written) {}

    /**
     * Returns when the entry is durable.
     *
     * @throws AuditUnavailable when it cannot be written, or not in time; in the latter case it may turn up later
     */
    public void write(AuditEntry entry) {
        long begin = System.nanoTime();
        Waiting waiting = new Waiting(entry, new CompletableFuture<>());
        if (isClosed || !queue.offer(waiting)) {
            throw new AuditUnavailable("too much waits for the audit log", null);
        }
        await(waiting);
        Timer timer = waits;
        if (timer != null) {
            timer.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        }
    }

    private void await(Waiting waiting) {
        try {
            waiting.written().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AuditUnavailable("the audit log cannot be written", e.getCause());
        } catch (TimeoutException e) {
            waiting.written().cancel(false);
            throw new AuditUnavailable("the audit log is not written in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.written().cancel(false);
            throw new AuditUnavailable("interrupted", e);
        }
    }

    private void work() {
        while (!isClosed || !queue.isEmpty()) {
            try {
                List<Waiting> group = next();
                if (!group.isEmpty()) {
                    write(group);
                }
            } catch (InterruptedException e) {
                isClosed = true;
            }
        }
    }

    /** Those that wait now; nobody waits any more for those whose time was over. */
    private List<Waiting> next() throws InterruptedException {
        List<Waiting> group = new ArrayList<>();
        Waiting first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            group.add(first);
            queue.drainTo(group, MOST_AT_ONCE - 1);
            group.removeIf(waiting -> waiting.written().isDone());
        }
        return group;
    }

    private void write(List<Waiting> group) {
        try {
            commit.accept(group.stream().map(Waiting::entry).toList());
            well(group);
        } catch (DataIntegrityViolationException e) {
            // One that the table does not take must not keep out the others.
            if (group.size() > 1) {
                group.forEach(waiting -> write(List.of(waiting)));
            } else {
                badly(group, e);
            }
        } catch (RuntimeException e) {
            badly(group, e);
        }
    }

    private void well(List<Waiting> group) {
        if (isFailing) {
            LOG.info("The audit log is written again");
        }
        isFailing = false;
        DistributionSummary summary = sizes;
        if (summary != null) {
            summary.record(group.size());
        }
        group.forEach(waiting -> waiting.written().complete(true));
    }

    /** The message of a driver could quote a row. */
    private void badly(List<Waiting> group, RuntimeException problem) {
        if (!isFailing) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            LOG.error(
                    "The audit log cannot be written, so requests are refused: {}",
                    cause.getClass().getName());
        }
        isFailing = true;
        group.forEach(waiting -> waiting.written().completeExceptionally(problem));
    }

    /** How many rows go into a commit, how long requests wait for one, how many wait. */
    @Override
    public void bindTo(MeterRegistry metrics) {
        sizes = DistributionSummary.builder("holovitals.audit.commit.rows")
                .description("Rows of the audit log in one commit")
                .register(metrics);
        waits = Timer.builder("holovitals.audit.wait")
                .description("How long a request waits until its row in the audit log is durable")
                .register(metrics);
        Gauge.builder("holovitals.audit.waiting", queue, BlockingQueue::size)
                .description("Requests that wait for the audit log")
                .register(metrics);
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
