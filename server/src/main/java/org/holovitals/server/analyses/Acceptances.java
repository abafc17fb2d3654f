package org.holovitals.server.analyses;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.Users;
import org.holovitals.server.users.Users.Account;

/** Whether those who were accepted may still do what they may then: by their roles, scopes and consents of now. */
final class Acceptances {
    private final VisibleRecords records;
    private final Explanations scopes;
    private final Revocations revoked;
    private final Users users;
    private final Clock clock;

    Acceptances(VisibleRecords records, Explanations scopes, Revocations revoked, Users users, Clock clock) {
        this.records = records;
        this.scopes = scopes;
        this.revoked = revoked;
        this.users = users;
        this.clock = clock;
    }

    /** What is kept of a caller with a task about a patient. */
    Acceptance of(Caller caller, String patient) {
        InetAddress address = caller.call().address();
        return new Acceptance(
                caller.client(),
                caller.patient(),
                caller.scopes().claim(),
                address == null ? null : address.getHostAddress(),
                records.grantsFor(caller, Set.of(patient)),
                clock.instant());
    }

    /** Whoever was accepted, as if the app called now. What consents hold is asked anew for each. */
    Caller caller(AnalysisTask task) {
        Acceptance accepted = Acceptance.of(task.acceptance());
        Account account = users.account(task.owner().user()).orElseThrow();
        Optional<String> own =
                account.roles().contains(Caller.ROLE_PATIENT) ? users.patientOf(account.id()) : Optional.empty();
        Caller caller = new Caller(
                account.subject(),
                accepted.client(),
                null,
                null,
                accepted.launched(),
                own.map(id -> "Patient/" + id).orElse(null),
                Set.copyOf(account.roles()),
                scopes.scopes(accepted.scopes()),
                false,
                Call.from(accepted.from()));
        caller.call().account(account.id());
        return caller;
    }

    /** Whether anything of the patient's record may be read for the task now. A worker of its own hears of no revocation else. */
    boolean holds(Caller caller, AnalysisTask task) {
        revoked.refresh();
        return !revoked.contains(caller, Acceptance.of(task.acceptance()).at())
                && records.reaches(caller, task.owner().patient());
    }
}
