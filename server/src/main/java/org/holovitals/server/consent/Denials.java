package org.holovitals.server.consent;

import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** What patients keep back, from everybody or from one person. */
final class Denials {
    private final ConsentDenials denials;
    private final ConsentSteps steps;
    private final ConsentResources resources;
    private final People people;

    Denials(ConsentDenials denials, ConsentSteps steps, ConsentResources resources, People people) {
        this.denials = denials;
        this.steps = steps;
        this.resources = resources;
        this.people = people;
    }

    ConsentDenial add(UUID patient, Bodies.Denial body) {
        Set<Part> parts = Permissions.parts(body.resources());
        String reason = Fields.optionalReason("reason", body.reason());
        UUID grantee = body.to() == null ? null : people.named(body.to());
        if (patient.equals(grantee)) {
            throw Fields.wrong("to is the caller");
        }
        String record = people.ownRecord(patient);
        return steps.inTransaction(() -> stored(denials.add(record, patient, grantee, parts, reason, null)));
    }

    /** Ends one; one that has ended stays so. */
    ConsentDenial withdraw(UUID patient, UUID id) {
        String record = people.ownRecord(patient);
        if (denials.get(id).filter(denial -> denial.patient().equals(record)).isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return steps.inTransaction(() -> {
            if (!denials.withdraw(id)) {
                throw new Problem(ProblemType.CONFLICT, "The denial is withdrawn already");
            }
            return stored(id);
        });
    }

    Page<ConsentDenial.View> list(UUID patient, Page.Wanted page) {
        return Page.of(
                denials.ofPatient(people.ownRecord(patient), page), page, ConsentDenial::id, ConsentDenial::view);
    }

    private ConsentDenial stored(UUID id) {
        ConsentDenial denial = denials.get(id).orElseThrow();
        resources.store(denial);
        return denial;
    }
}
