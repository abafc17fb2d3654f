package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.access.Decision.Rule;
import org.jspecify.annotations.Nullable;

/** Answers whether somebody might meet a resource, by the rules that decide when he does. */
public final class Explanations {
    private final InteractionGate gate;
    private final Visibility visibility;
    private final StoredVersions stored;
    private final FhirContext fhir;

    Explanations(InteractionGate gate, Visibility visibility, StoredVersions stored, FhirContext fhir) {
        this.gate = gate;
        this.visibility = visibility;
        this.stored = stored;
        this.fhir = fhir;
    }

    /** What the words of a {@code scope} claim grant. */
    public SmartScopes scopes(String claim) {
        return SmartScopes.parse(claim, fhir.getResourceTypes());
    }

    /** Whether there are resources of a type. */
    public boolean isType(@Nullable String name) {
        return name != null && fhir.getResourceTypes().contains(name);
    }

    /** Why a caller, who need not be calling, may meet a resource as it is now or not. */
    public Explanation explain(Caller caller, String type, String id, Interaction interaction) {
        Optional<Rule> refused =
                TokenRules.hasContext(caller) ? gate.refusal(caller, type, interaction) : Optional.of(Rule.TOKEN);
        return Explanation.of(refused.map(Decision::by).orElseGet(() -> decide(caller, type, id, interaction)));
    }

    private Decision decide(Caller caller, String type, String id, Interaction interaction) {
        return stored.current(new IdType(type, id))
                .map(found -> visibility.decide(caller, found, interaction, interaction))
                .orElse(Decision.by(Rule.UNKNOWN));
    }
}
