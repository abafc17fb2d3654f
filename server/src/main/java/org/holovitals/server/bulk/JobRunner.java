package org.holovitals.server.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.base.Repetition.Words;
import org.holovitals.server.importing.ImportRunningException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on jobs in threads of its own, some at a time, and keeps the leases of those that it works on. What a server left
 * lying when it ended is begun anew, a few times.
 */
final class JobRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 2_000;
    private static final Duration KEEP = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final BulkJobs jobs;
    private final Map<BulkJob.Kind, JobWork> works;
    private final JobEnds ends;
    private final int workers;
    private final ScheduledExecutorService threads;
    private final Repetition keeper = new Repetition(
            "bulk-leases",
            this::keep,
            Words.of(LOG, "The leases of jobs cannot be kept", "The leases of jobs are kept again"),
            KEEP);
    private final Repetition cleaner = new Repetition(
            "bulk-jobs-cleaner",
            this::clean,
            Words.of(LOG, "Ended jobs cannot be removed", "Ended jobs are removed again"),
            LEASE);
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    JobRunner(BulkJobs jobs, Map<BulkJob.Kind, JobWork> works, JobEnds ends, int workers) {
        this.jobs = jobs;
        this.works = works;
        this.ends = ends;
        this.workers = workers;
        this.threads = Executors.newScheduledThreadPool(workers, JobRunner::thread);
    }

    private static Thread thread(Runnable work) {
        Thread made = new Thread(work, "bulk-jobs");
        made.setDaemon(true);
        return made;
    }

    JobRunner start() {
        for (int i = 0; i < workers; i++) {
            var unused = threads.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        keeper.startAfter(KEEP);
        cleaner.start();
        return this;
    }

    /** Looks for work now. */
    void wake() {
        try {
            threads.execute(this::look);
        } catch (RejectedExecutionException e) {
            // The server ends; another one, or the next start, finds the job.
            LOG.debug("A job waits for the next start");
        }
    }

    private void look() {
        try {
            for (Optional<BulkJob> job = next(); job.isPresent(); job = next()) {
                work(job.get());
            }
        } catch (RuntimeException e) {
            // A thread that ends here would leave jobs waiting until the next start.
            LOG.warn("Jobs cannot be looked for, tried again: {}", e.getClass().getName());
        }
    }

    private Optional<BulkJob> next() {
        return isClosed ? Optional.empty() : jobs.begin(LEASE, JobEnds.MOST_ATTEMPTS);
    }

    private void work(BulkJob job) {
        Lease lease = new Lease(job);
        leases.add(lease);
        try {
            JobWork work = works.get(job.kind());
            if (work != null) {
                work.run(lease);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            leases.remove(lease);
            lease.end();
            ended(lease, e);
        } finally {
            leases.remove(lease);
            lease.end();
        }
    }

    /** Once the thread is free of what interrupted it. */
    private void ended(Lease lease, Exception thrown) {
        if (isClosed) {
            var unused = Thread.interrupted();
            jobs.giveBack(lease.job(), Duration.ZERO);
        } else if (lease.isLost() || !jobs.keep(lease.job(), lease.resources(), LEASE)) {
            // Whoever ended it has taken its files from under the writer, who fails in whatever way.
            ends.discard(lease.job());
        } else if (thrown instanceof ImportRunningException) {
            jobs.giveBack(lease.job(), PAUSE);
        } else if (thrown instanceof JobFailed) {
            ends.fail(lease.job(), String.valueOf(thrown.getMessage()));
        } else {
            // The message of a driver could quote a row.
            LOG.error("A job failed: {}", thrown.getClass().getName());
            ends.fail(
                    lease.job(),
                    "The server failed on this job; its log has it as "
                            + lease.job().id());
        }
    }

    /** One that cannot be kept is no reason to lose the others. */
    private void keep() {
        for (Lease lease : leases) {
            try {
                if (!jobs.keep(lease.job(), lease.resources(), LEASE)) {
                    lease.lose();
                }
            } catch (RuntimeException e) {
                // Until the lease ends it is tried again.
                LOG.warn("A lease cannot be kept: {}", e.getClass().getName());
            }
        }
    }

    private void clean() {
        try {
            ends.clean();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        keeper.close();
        cleaner.close();
        threads.shutdownNow();
        try {
            // Its connections go back before the pool closes.
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.debug("A job is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
