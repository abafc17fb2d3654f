package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;

/** What other features ask before they write into a record for a caller, and the request in whose name they do. */
public final class RecordWrites {
    private static final Permission DECIDES = new Permission(Part.ALL_PHI, Action.DECIDE);

    private final FhirContext fhir;
    private final Visibility visibility;
    private final Compartments compartments;
    private final Grants grants;

    RecordWrites(FhirContext fhir, Visibility visibility, Compartments compartments, Grants grants) {
        this.fhir = fhir;
        this.visibility = visibility;
        this.compartments = compartments;
        this.grants = grants;
    }

    /** Whether a record is the caller's own or one for which a consent lets him decide, within the scopes of the app. */
    public boolean isTrusted(Caller caller, String patient) {
        boolean isOwn = LogReach.ownRecord(caller).contains(patient);
        return grants.patients(caller).contains(patient)
                && (isOwn || grants.held(caller).permits(patient, DECIDES));
    }

    /** Whether a type can belong to patients at all. */
    public boolean isOfPatients(String type) {
        return compartments.isOfPatients(type);
    }

    /** Whether a type is about nobody, and records point to it. */
    public boolean isShared(String type) {
        return compartments.isShared(type);
    }

    /** The FHIR ids of the patients whose a resource is. */
    public Set<String> owners(IBaseResource resource) {
        return compartments.owners(resource);
    }

    /** Whether a resource is a patient's, and a caller may find it. */
    public boolean mayFind(Caller caller, String patient, IBaseResource resource) {
        return compartments.owners(resource).contains(patient)
                && visibility.permits(caller, resource, Interaction.SEARCH);
    }

    /** Whether a caller may put a new resource into the records of the patients whom it names. */
    public boolean mayCreate(Caller caller, IBaseResource resource) {
        return visibility.permits(caller, resource, Interaction.CREATE);
    }

    /** Whether a caller may put a resource in the place of a former version. */
    public boolean mayUpdate(Caller caller, IBaseResource former, IBaseResource resource) {
        return visibility.permits(caller, former, Interaction.UPDATE)
                && visibility.permits(caller, resource, Interaction.UPDATE);
    }

    /** A transaction in the name of a caller: {@link WriteRules} look at each of its writes. */
    public RequestDetails transaction(Caller caller, HttpServletRequest request) {
        return new CallerRequest(fhir, caller, request);
    }
}
