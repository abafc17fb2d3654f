package org.holovitals.server.bulk;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditLogs;

/** The rows of jobs in the audit log: what a job did for a client, whose request was answered long before. */
final class JobLog {
    private final AuditLogs logs;
    private final Clock clock;

    JobLog(AuditLogs logs, Clock clock) {
        this.logs = logs;
        this.clock = clock;
    }

    /**
     * How a job ended.
     *
     * @param patients of whose records something was taken out or stored
     * @param isEveryone whether it was made of the records of all patients
     */
    record End(Outcome outcome, Set<String> patients, boolean isEveryone, Map<String, Object> details) {}

    /** Adds the row in the transaction that runs. */
    void add(BulkJob job, End end) {
        Map<String, Object> details = new TreeMap<>(end.details());
        details.put("job", job.id().toString());
        logs.append(new AuditEntry(
                clock.instant(),
                new Who(null, job.owner().client(), null, null, null),
                job.kind().name().toLowerCase(Locale.ROOT) + "-run",
                "System",
                null,
                new About(end.patients(), Set.of(), end.isEveryone()),
                end.outcome(),
                Severity.MEDIUM,
                false,
                details));
    }
}
