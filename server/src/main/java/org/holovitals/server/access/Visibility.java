package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryMatchResult;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.access.Grants.Grant;
import org.holovitals.server.access.SmartScope.Qualifier;

/** Whether a caller may meet one resource as it stands. */
final class Visibility {
    private final FhirContext fhir;
    private final Grants grants;
    private final Compartments compartments;
    private final SearchParamMatcher matcher;
    private final DaoRegistry daos;

    Visibility(
            FhirContext fhir, Grants grants, Compartments compartments, SearchParamMatcher matcher, DaoRegistry daos) {
        this.fhir = fhir;
        this.grants = grants;
        this.compartments = compartments;
        this.matcher = matcher;
        this.daos = daos;
    }

    /** Whether scopes, compartment and qualifiers let the caller meet the resource by this interaction. */
    boolean permits(Caller caller, IBaseResource resource, Interaction interaction) {
        String type = fhir.getResourceType(resource);
        List<Grant> ways = grants.of(caller, type, interaction);
        if (ways.isEmpty()) {
            return false;
        }
        Set<String> owners = compartments.owners(resource);
        return ways.stream()
                .anyMatch(way ->
                        reaches(way.sight(), type, owners, interaction) && matches(resource, type, way.qualifiers()));
    }

    private boolean reaches(Sight sight, String type, Set<String> owners, Interaction interaction) {
        boolean reads = interaction == Interaction.READ || interaction == Interaction.SEARCH;
        return sight.meets(owners) || (reads && compartments.isShared(type));
    }

    /** A condition that cannot be told from the resource alone does not hold. */
    private boolean matches(IBaseResource resource, String type, List<Qualifier> qualifiers) {
        if (qualifiers.isEmpty()) {
            return true;
        }
        String criteria = qualifiers.stream()
                .map(qualifier ->
                        qualifier.parameter() + "=" + URLEncoder.encode(qualifier.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", type + "?", ""));
        try {
            InMemoryMatchResult result = matcher.match(criteria, resource, new SystemRequestDetails());
            return result.supported() && result.matched();
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    /** Whether the caller sees all of these patients by some scope. */
    boolean seesPatients(Caller caller, Set<String> patients) {
        return grants.sights(caller)
                .anyMatch(sight -> sight.isEverything() || sight.patients().containsAll(patients));
    }

    /** Whether a resource exists where the caller may look, by whichever scope. */
    boolean isWithinReach(Caller caller, IIdType id) {
        if (compartments.isShared(id.getResourceType())) {
            return true;
        }
        return current(id)
                .map(compartments::owners)
                .filter(owners -> grants.sights(caller).anyMatch(sight -> sight.meets(owners)))
                .isPresent();
    }

    /** Whether a resource is there, is the patient's, and may be read. */
    boolean readsOf(Caller caller, IIdType id, String patient) {
        return current(id)
                .filter(resource -> compartments.owners(resource).contains(patient))
                .filter(resource -> permits(caller, resource, Interaction.READ))
                .isPresent();
    }

    /**
     * Refuses as for an id that does not exist, unless the caller may meet the current version. The audit log hears whose
     * it is in both cases.
     */
    IBaseResource require(Caller caller, IIdType id, Interaction interaction) {
        Optional<IBaseResource> asked = current(id);
        asked.map(compartments::owners).ifPresent(caller.call().record()::about);
        return asked.filter(resource -> permits(caller, resource, interaction)).orElseThrow(() -> unknown(id));
    }

    private Optional<IBaseResource> current(IIdType id) {
        try {
            return Optional.of(
                    daos.getResourceDao(id.getResourceType()).read(id.toVersionless(), new SystemRequestDetails()));
        } catch (ResourceNotFoundException | ResourceGoneException | InvalidRequestException e) {
            return Optional.empty();
        }
    }

    /** In the words that HAPI has for an id that it does not know. */
    private static BaseServerResponseException unknown(IIdType id) {
        return new ResourceNotFoundException("Resource " + id.toUnqualified().getValue() + " is not known");
    }
}
