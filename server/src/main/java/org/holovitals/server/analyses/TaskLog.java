package org.holovitals.server.analyses;

import java.time.Clock;
import java.util.Map;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditLogs;

/** The rows of tasks in the audit log: that a record was read for one, or that this was refused. */
final class TaskLog {
    private final AuditLogs logs;
    private final Clock clock;

    TaskLog(AuditLogs logs, Clock clock) {
        this.logs = logs;
        this.clock = clock;
    }

    /** Adds the row in the transaction that runs; whose records, and by which consents, stands in the caller's call. */
    void read(AnalysisTask task, Caller caller, Outcome outcome) {
        caller.call().record().about(task.owner().patient());
        About about = caller.call().record().facts().about();
        logs.appendLast(new AuditEntry(
                clock.instant(),
                new Who(
                        task.owner().user(),
                        caller.client(),
                        null,
                        caller.call().address(),
                        null),
                "read-for-analysis",
                "analysis_queue",
                task.id().toString(),
                about,
                outcome,
                outcome == Outcome.SUCCESS ? Severity.LOW : Severity.MEDIUM,
                false,
                Map.of("attempt", task.state().attempts())));
    }
}
