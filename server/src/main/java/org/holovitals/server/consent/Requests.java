package org.holovitals.server.consent;

import java.time.Instant;
import java.util.UUID;
import org.holovitals.server.consent.ConsentGrant.Terms;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What those do who want to see a record: ask, take the question back, and give back what they got. */
final class Requests {
    private static final int MOST_HOURS = 72;

    private final ConsentGrants grants;
    private final GrantList list;
    private final ConsentSteps steps;
    private final People people;
    private final PatientFinder patients;

    Requests(ConsentGrants grants, GrantList list, ConsentSteps steps, People people, PatientFinder patients) {
        this.grants = grants;
        this.list = list;
        this.steps = steps;
        this.people = people;
        this.patients = patients;
    }

    /** A clinician asks the patient for some hours. */
    ConsentGrant ask(UUID clinician, Bodies.Request body) {
        Terms terms = new Terms(
                Permissions.parse(body.permissions(), Kind.CLINICIAN),
                Restrictions.NONE,
                Fields.number("hours", body.hours(), MOST_HOURS));
        String reason = Fields.reason("reason", body.reason(), 1);
        Urgency urgency =
                body.urgency() == null ? Urgency.ROUTINE : Fields.word("urgency", body.urgency(), Urgency.class);
        String patient = patients.find(body.patient());
        UUID owner = people.owner(patient);
        if (owner == null && grants.deciding(patient).isEmpty()) {
            throw new Problem(ProblemType.CONFLICT, "Nobody has claimed this record, so nobody can consent");
        }
        return add(new Draft(Kind.CLINICIAN, patient, owner, clinician, terms, reason, urgency, null, null));
    }

    /** A parent or carer asks, if the record is not claimed an administrator. */
    ConsentGrant askAsProxy(UUID proxy, Bodies.ProxyRequest body) {
        Terms terms = new Terms(Permissions.parse(body.permissions()), Restrictions.NONE, null);
        String reason = Fields.reason("reason", body.reason(), 1);
        Instant until = Fields.future("until", body.until(), grants.now());
        String patient = patients.find(body.patient());
        return add(new Draft(
                Kind.PROXY, patient, people.owner(patient), proxy, terms, reason, Urgency.ROUTINE, null, until));
    }

    private ConsentGrant add(Draft draft) {
        requireOther(draft.owner(), draft.grantee());
        return steps.inTransaction(() -> {
            grants.queue(draft.grantee());
            if (list.isAskedFor(draft.kind(), draft.patient(), draft.grantee())) {
                throw new Problem(ProblemType.CONFLICT, "A request for this record waits for its answer already");
            }
            return steps.stored(grants.add(draft, null), ConsentNews::requested);
        });
    }

    private static void requireOther(@Nullable UUID owner, UUID grantee) {
        if (grantee.equals(owner)) {
            throw Fields.wrong("patient is the caller");
        }
    }

    /** Takes back what is not answered, or gives back what was granted. */
    ConsentGrant giveUp(UUID grantee, UUID id) {
        ConsentGrant grant = list.get(id)
                .filter(each -> each.isGivenTo(grantee))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return grant.status() == Status.REQUESTED
                ? steps.end(id, () -> grants.withdraw(id), ConsentNews::withdrawn)
                : steps.end(id, () -> grants.revoke(id, null, null), ConsentNews::givenBack);
    }
}
