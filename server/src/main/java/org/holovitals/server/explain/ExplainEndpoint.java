package org.holovitals.server.explain;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Explanation;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.explain.Question.Target;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.registration.KnownApps;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/explain-access}: would this person with this app see this resource, and which rule decides? A patient
 * asks about the own record; to others there is nothing to ask about. Nothing of the resource is told.
 */
@RestController
@ConditionalOnWebApplication
final class ExplainEndpoint {
    private final Explanations explanations;
    private final VisibleRecords records;
    private final People people;
    private final KnownApps apps;

    ExplainEndpoint(Explanations explanations, VisibleRecords records, People people, KnownApps apps) {
        this.explanations = explanations;
        this.records = records;
        this.people = people;
        this.apps = apps;
    }

    @GetMapping("/api/explain-access")
    @CalledBy({Kind.PATIENT, Kind.COMPLIANCE})
    Answer explain(@ParameterObject Question question, Caller caller) {
        Target target = question.target(explanations);
        Granted granted = Granted.of(question, apps);
        Caller person = people.find(
                        question,
                        hasPatient -> explanations.scopes(
                                granted.inContext(hasPatient).scope()))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        Set<String> owners = records.owners(target.type(), target.id());
        note(caller, target, owners);
        boolean seesAll = caller.hasRole(Caller.ROLE_COMPLIANCE);
        Optional<String> own = own(caller).filter(owners::contains);
        if (!seesAll && own.isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        Explanation answer = explanations.explain(person, target.type(), target.id(), question.deed());
        return Answer.of(
                seesAll || isTheirs(answer.consent(), person, own) ? answer : answer.withoutConsent(),
                granted.inContext(person.patient() != null));
    }

    private static void note(Caller caller, Target target, Set<String> owners) {
        caller.call().record().action("explain-access");
        caller.call().record().resource(target.type(), target.id());
        caller.call().record().about(owners);
    }

    private static Optional<String> own(Caller caller) {
        return Optional.ofNullable(caller.fhirUser())
                .filter(self -> self.startsWith("Patient/"))
                .map(self -> self.substring("Patient/".length()));
    }

    /** A resource can be in two records, and the other patient's consent is not told. */
    private boolean isTheirs(@Nullable UUID consent, Caller person, Optional<String> own) {
        return consent == null
                || own.stream()
                        .anyMatch(patient -> records.heldOf(person, patient).contains(consent));
    }
}
