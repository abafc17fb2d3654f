package org.holovitals.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/** What the audit log asks of a FHIR request: who makes it, by which scopes, and whose records it is about. */
public final class FhirCalls {
    private final Compartments compartments;

    FhirCalls(Compartments compartments) {
        this.compartments = compartments;
    }

    /** Who makes a request; empty where the server works for itself. */
    public Optional<Caller> caller(@Nullable RequestDetails request) {
        return RequestCaller.of(request);
    }

    /** The FHIR ids of the patients whose a resource is. */
    public Set<String> owners(IBaseResource resource) {
        return compartments.owners(resource);
    }

    /** The same of a resource that goes into an answer. */
    public Set<String> ownersOfShown(IBaseResource resource) {
        return compartments.ownersOfShown(resource);
    }

    /** The scopes that permit an interaction with a type, as SMART version 2 spells them. */
    public List<String> scopes(Caller caller, String type, Interaction interaction) {
        return caller.scopes().names(type, interaction);
    }
}
