package org.holovitals.server.events;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.Users;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes events into the audit log, with what follows from them and how far they are read, in one transaction for each
 * page: after a crash a page is there whole or not at all, and a page that is read again adds nothing.
 */
final class EventRecorder {
    private final EventJournal journal;
    private final AuditLogs audit;
    private final EventEffects effects;
    private final Users users;
    private final Revocations revocations;
    private final TransactionOperations transactions;
    private final Clock clock;

    EventRecorder(
            EventJournal journal,
            AuditLogs audit,
            Users users,
            EventEffects effects,
            Revocations revocations,
            TransactionOperations transactions,
            Clock clock) {
        this.journal = journal;
        this.audit = audit;
        this.users = users;
        this.effects = effects;
        this.revocations = revocations;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Takes those events of a page that are new. Keycloak is asked before the transaction begins. */
    void record(EventStream stream, List<IdentityEvent> page, RealmAdmin keycloak) {
        List<IdentityEvent> unseen = journal.unseen(page);
        if (unseen.isEmpty()) {
            return;
        }
        Map<String, UUID> known = users.bySubjects(subjects(unseen));
        Facts facts = Facts.about(unseen, known.keySet(), keycloak);
        transactions.executeWithoutResult(status -> {
            unseen.stream().filter(journal::take).forEach(event -> take(event, known));
            apply(facts);
            journal.moveTo(stream, unseen.get(unseen.size() - 1).time());
        });
    }

    private void take(IdentityEvent event, Map<String, UUID> known) {
        audit.append(AuditedEvent.of(event, known));
        effects.apply(event, known, clock.instant().minus(Revocations.KEPT));
    }

    /** What was learned from Keycloak. */
    void apply(Facts facts) {
        facts.secondFactors().forEach(users::hasSecondFactor);
        Instant now = clock.instant();
        facts.revoked().forEach((whose, until) -> {
            Instant time = until.isAfter(now) ? now : until;
            if (time.isAfter(now.minus(Revocations.KEPT)) && !revocations.covers(whose, time)) {
                revocations.add(whose, time);
            }
        });
    }

    private static Set<String> subjects(Collection<IdentityEvent> events) {
        return events.stream()
                .map(IdentityEvent::subject)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
