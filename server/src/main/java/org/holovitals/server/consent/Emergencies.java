package org.holovitals.server.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.consent.ConsentGrant.Terms;

/**
 * Breaks the glass: a clinician reads a record for an hour without consent. The patient is told and an alert raised in
 * the same transaction, so there is no way in of which nobody hears.
 */
final class Emergencies {
    private static final int HOURS = 1;
    private static final int SHORTEST_REASON = 10;
    private static final Terms TERMS =
            new Terms(Set.of(new Permission(Part.ALL_PHI, Action.READ)), Restrictions.NONE, HOURS);

    private final ConsentGrants grants;
    private final GrantList list;
    private final ConsentSteps steps;
    private final People people;
    private final Alerts alerts;

    Emergencies(ConsentGrants grants, GrantList list, ConsentSteps steps, People people, Alerts alerts) {
        this.grants = grants;
        this.list = list;
        this.steps = steps;
        this.people = people;
        this.alerts = alerts;
    }

    /**
     * A grant and whether it was made just now.
     *
     * @param isNew false where an earlier one still lasts
     */
    record Broken(ConsentGrant grant, boolean isNew) {}

    /** Why the glass is broken, which has to be said. */
    static String reason(Bodies.Emergency body) {
        return Fields.reason("reason", body.reason(), SHORTEST_REASON);
    }

    /** Lets the clinician in, or answers with what still lasts. */
    Broken breakGlass(UUID clinician, String patient, String reason) {
        return steps.inTransaction(() -> {
            grants.queue(clinician);
            Optional<ConsentGrant> lasting = list.emergency(patient, clinician);
            return lasting.map(grant -> new Broken(grant, false))
                    .orElseGet(() -> new Broken(add(clinician, patient, reason), true));
        });
    }

    private ConsentGrant add(UUID clinician, String patient, String reason) {
        Instant now = grants.now();
        Draft draft = new Draft(
                Kind.BREAK_GLASS,
                patient,
                people.owner(patient),
                clinician,
                TERMS,
                reason,
                Urgency.EMERGENCY,
                now,
                now.plus(Duration.ofHours(HOURS)));
        ConsentGrant grant = steps.stored(grants.add(draft, null), ConsentNews::brokeGlass);
        alerts.raise(new Alert(
                "break-glass:" + grant.id(),
                clinician,
                "break-glass",
                Severity.HIGH,
                Map.of("consent", grant.id().toString(), "patient", patient)));
        return grant;
    }
}
