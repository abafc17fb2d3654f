package org.holovitals.server.access;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.Optional;
import org.holovitals.server.access.Decision.Rule;
import org.jspecify.annotations.Nullable;

/** Whether the scopes of a caller permit an interaction with a type at all. */
final class InteractionGate {
    private final Grants grants;
    private final Compartments compartments;

    InteractionGate(Grants grants, Compartments compartments) {
        this.grants = grants;
        this.compartments = compartments;
    }

    /** Refuses with 403, which says nothing of what is stored. */
    void require(Caller caller, @Nullable String type, Interaction interaction) {
        if (type == null || refusal(caller, type, interaction).isPresent()) {
            throw new ForbiddenOperationException("The scopes of the access token do not permit " + interaction.name()
                    + " on " + (type == null ? "this" : type));
        }
    }

    /** The rule that refuses it, if one does. */
    Optional<Rule> refusal(Caller caller, String type, Interaction interaction) {
        if (!grants.permit(caller, type, interaction)) {
            return Optional.of(Rule.SCOPE);
        }
        return isListed(caller, type, interaction) ? Optional.empty() : Optional.of(Rule.TYPE);
    }

    /** Whoever is no service meets only records of patients and what they point to. */
    private boolean isListed(Caller caller, String type, Interaction interaction) {
        boolean reads = interaction == Interaction.READ || interaction == Interaction.SEARCH;
        return caller.isService() || compartments.isOfPatients(type) || (reads && compartments.isShared(type));
    }

    static ForbiddenOperationException refusal(String what) {
        return new ForbiddenOperationException(what + " is not for this caller");
    }
}
