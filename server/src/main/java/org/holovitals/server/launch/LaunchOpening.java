package org.holovitals.server.launch;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.launch.Launches.Waiting;
import org.holovitals.server.users.Users;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Opens a launch for the person who has logged in to it, once. To an app or a person that it is not for, and to who may
 * not see the patient, it does not exist; it then goes on waiting for whom it is for.
 */
final class LaunchOpening {
    private final Launches launches;
    private final VisibleRecords records;
    private final Users users;
    private final AuditLogs audit;
    private final TransactionOperations transactions;
    private final Clock clock;

    LaunchOpening(
            Launches launches,
            VisibleRecords records,
            Users users,
            AuditLogs audit,
            TransactionOperations transactions,
            Clock clock) {
        this.launches = launches;
        this.records = records;
        this.users = users;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The launch, which is used up now; empty when there is none for this person and app. */
    Optional<Launch> open(Handle handle, Person person, String client) {
        Optional<Launch> opened = transactions.execute(status -> launches.waiting(handle, client, clock.instant())
                .filter(waiting -> isFor(person, waiting) && launches.use(waiting.id(), clock.instant()))
                .map(waiting -> {
                    log(waiting, person, Outcome.SUCCESS, Severity.LOW);
                    return waiting.launch();
                }));
        return Objects.requireNonNull(opened);
    }

    private boolean isFor(Person person, Waiting waiting) {
        boolean granted = waiting.launch().reader().is(person) && maySee(person, waiting.launch());
        if (!granted) {
            log(waiting, person, Outcome.REFUSED, Severity.MEDIUM);
        }
        return granted;
    }

    private boolean maySee(Person person, Launch launch) {
        return person.isPatient(launch.patient())
                || (person.isClinician() && records.isConsented(person.with(launch.client()), launch.patient()));
    }

    private void log(Waiting waiting, Person person, Outcome outcome, Severity severity) {
        Instant now = clock.instant();
        Launch launch = waiting.launch();
        audit.append(new AuditEntry(
                now,
                new Who(users.bySubject(person.subject()).orElse(null), launch.client(), null, null, null),
                "launch",
                "launches",
                waiting.id().toString(),
                About.patient(launch.patient()),
                outcome,
                severity,
                false,
                Map.of()));
    }
}
