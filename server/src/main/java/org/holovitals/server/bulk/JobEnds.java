package org.holovitals.server.bulk;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** How jobs end: each end stands in the audit log by the same commit, and what is no job's any more leaves no file. */
final class JobEnds {
    static final int MOST_ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(JobEnds.class);
    private static final String ABANDONED =
            "The server was interrupted " + MOST_ATTEMPTS + " times while it worked on this job; start it again";

    private final BulkJobs jobs;
    private final BulkFiles files;
    private final BulkDirectory directory;
    private final JobLog log;
    private final Commit commit;

    JobEnds(BulkJobs jobs, BulkFiles files, BulkDirectory directory, JobLog log, Commit commit) {
        this.jobs = jobs;
        this.files = files;
        this.directory = directory;
        this.log = log;
        this.commit = commit;
    }

    /**
     * How an end is committed.
     *
     * @param lifetime of what a job leaves
     */
    record Commit(TransactionTemplate transaction, Duration lifetime) {}

    /**
     * Ends a job well, with its files.
     *
     * @param transactionTime every change before it is in an export
     * @throws JobEnded when it is not held any more
     */
    void finish(Lease lease, List<BulkFile> made, @Nullable Instant transactionTime) {
        commit.transaction().executeWithoutResult(status -> {
            if (!jobs.finish(lease.job(), lease.resources(), transactionTime, commit.lifetime())) {
                throw new JobEnded();
            }
            made.forEach(file -> files.add(lease.job().id(), file));
            Set<String> patients = new TreeSet<>();
            made.forEach(file -> patients.addAll(file.patients()));
            log.add(
                    lease.job(),
                    new JobLog.End(
                            Outcome.SUCCESS,
                            patients,
                            made.stream().anyMatch(BulkFile::isAboutEveryone),
                            Map.of("resources", lease.resources())));
        });
    }

    /** Ends a job badly, unless another has ended it; nothing of what it made stays. */
    void fail(BulkJob job, String problem) {
        commit.transaction().executeWithoutResult(status -> {
            if (jobs.fail(job, problem, commit.lifetime())) {
                log.add(job, new JobLog.End(Outcome.FAILURE, Set.of(), false, Map.of()));
            }
        });
        discard(job);
    }

    /** Removes the files of a job. */
    void discard(BulkJob job) {
        try {
            directory.remove(job.id());
        } catch (IOException e) {
            // The next cleaning finds it.
            LOG.warn("Files of a job cannot be removed: {}", e.getClass().getName());
        }
    }

    /** Ends what was left lying too often, and removes what is over and files that belong to nothing. */
    void clean() throws IOException {
        commit.transaction()
                .executeWithoutResult(status -> jobs.failAbandoned(MOST_ATTEMPTS, ABANDONED, commit.lifetime())
                        .forEach(job -> log.add(job, new JobLog.End(Outcome.FAILURE, Set.of(), false, Map.of()))));
        for (UUID gone : jobs.removeExpired()) {
            directory.remove(gone);
        }
        List<UUID> lying = directory.jobs();
        Set<UUID> known = jobs.among(lying);
        for (UUID job : lying) {
            if (!known.contains(job)) {
                directory.remove(job);
            }
        }
    }
}
