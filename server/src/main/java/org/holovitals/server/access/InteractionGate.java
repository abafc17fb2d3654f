package org.holovitals.server.access;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
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
        if (type == null || !grants.permit(caller, type, interaction) || !isListed(caller, type, interaction)) {
            throw new ForbiddenOperationException("The scopes of the access token do not permit " + interaction.name()
                    + " on " + (type == null ? "this" : type));
        }
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
