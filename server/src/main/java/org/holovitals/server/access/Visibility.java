package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryMatchResult;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.access.Decision.Rule;
import org.holovitals.server.access.Grants.Grant;
import org.holovitals.server.access.SmartScope.Qualifier;

/** Whether a caller may meet one resource as it stands. */
final class Visibility {
    private final FhirContext fhir;
    private final Grants grants;
    private final Compartments compartments;
    private final SearchParamMatcher matcher;
    private final StoredVersions stored;

    Visibility(
            FhirContext fhir,
            Grants grants,
            Compartments compartments,
            SearchParamMatcher matcher,
            StoredVersions stored) {
        this.fhir = fhir;
        this.grants = grants;
        this.compartments = compartments;
        this.matcher = matcher;
        this.stored = stored;
    }

    /** Whether scopes, compartment, consents and qualifiers let the caller meet the resource by this interaction. */
    boolean permits(Caller caller, IBaseResource resource, Interaction interaction) {
        return decide(caller, resource, interaction).permits();
    }

    /** Whether they do, and by which rule. */
    Decision decide(Caller caller, IBaseResource resource, Interaction interaction) {
        return decide(caller, resource, compartments.owners(resource), interaction, interaction);
    }

    /** The same of a resource that goes into an answer. */
    Decision decideOnShown(Caller caller, IBaseResource resource, Interaction interaction) {
        return decide(caller, resource, compartments.ownersOfShown(resource), interaction, interaction);
    }

    /**
     * Decides for some of a resource's patients.
     *
     * @param letter what the scopes have to permit
     * @param deed what consents have to permit, which differs where an update makes a new resource
     */
    Decision decide(Caller caller, IBaseResource resource, Set<String> owners, Interaction letter, Interaction deed) {
        return decide(caller, facts(resource, owners), letter, deed);
    }

    private Facts facts(IBaseResource resource, Set<String> owners) {
        return new Facts(fhir.getResourceType(resource), owners, Parts.of(resource), () -> resource);
    }

    /** Decides for what is known of a resource; the letter is the scopes' and the deed the consents'. */
    Decision decide(Caller caller, Facts resource, Interaction letter, Interaction deed) {
        Decision best = Decision.by(Rule.SCOPE);
        for (Grant way : grants.of(caller, resource.type(), letter)) {
            Decision decision = decide(way, resource, deed);
            if (decision.permits()) {
                return decision;
            }
            best = best.orFurther(decision);
        }
        return best;
    }

    private Decision decide(Grant way, Facts resource, Interaction deed) {
        Decision reached = reach(way.sight(), resource, deed);
        return reached.permits() && !matches(resource, way.qualifiers()) ? Decision.by(Rule.QUALIFIER) : reached;
    }

    private Decision reach(Sight sight, Facts resource, Interaction deed) {
        boolean reads = deed == Interaction.READ || deed == Interaction.SEARCH;
        return reads && compartments.isShared(resource.type()) && !sight.isEverything()
                ? Decision.by(Rule.SHARED_TYPE)
                : sight.reach(resource.owners(), resource.type(), resource.part(), deed);
    }

    /** A condition that cannot be told from the resource alone does not hold. */
    private boolean matches(Facts resource, List<Qualifier> qualifiers) {
        if (qualifiers.isEmpty()) {
            return true;
        }
        String criteria = qualifiers.stream()
                .map(qualifier ->
                        qualifier.parameter() + "=" + URLEncoder.encode(qualifier.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", resource.type() + "?", ""));
        try {
            InMemoryMatchResult result =
                    matcher.match(criteria, resource.whole().get(), new SystemRequestDetails());
            return result.supported() && result.matched();
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    /** Whether a resource exists where the caller may look, by whichever scope. */
    boolean isWithinReach(Caller caller, IIdType id) {
        if (compartments.isShared(id.getResourceType())) {
            return true;
        }
        return stored.current(id)
                .filter(resource -> grants.sights(caller).anyMatch(sight -> reach(sight, resource, Interaction.READ)
                        .permits()))
                .isPresent();
    }

    /** Whether a resource is there, is the patient's, and may be met by an interaction. */
    boolean meets(Caller caller, IIdType id, String patient, Interaction interaction) {
        return stored.current(id)
                .filter(resource -> resource.owners().contains(patient))
                .filter(resource ->
                        decide(caller, resource, interaction, interaction).permits())
                .isPresent();
    }

    /** The same of several at one look: the references of those that are there, each with whether it may be met. */
    Map<String, Boolean> met(
            Caller caller, Collection<? extends IIdType> ids, String patient, Interaction interaction) {
        Map<String, Boolean> met = new HashMap<>();
        stored.current(ids)
                .forEach((reference, resource) -> met.put(
                        reference,
                        resource.owners().contains(patient)
                                && decide(caller, resource, interaction, interaction)
                                        .permits()));
        return met;
    }

    /** Refuses as for an id that does not exist, unless the caller may meet the current version. */
    void require(Caller caller, IIdType id, Interaction interaction) {
        if (!isMet(caller, stored.current(id), interaction)) {
            throw unknown(id);
        }
    }

    /** Refuses as for an id that does not exist, unless the caller may read that very version. */
    void requireVersion(Caller caller, IIdType id) {
        if (!isMet(caller, stored.version(id), Interaction.READ)) {
            throw unknown(id);
        }
    }

    /** Refuses as for an id that does not exist, unless the caller may read some version. */
    void requireAnyVersion(Caller caller, IIdType id) {
        boolean isKnown = isMet(caller, stored.current(id), Interaction.READ)
                || stored.versions(id).stream().anyMatch(version -> permits(caller, version, Interaction.READ));
        if (!isKnown) {
            throw unknown(id);
        }
    }

    /** Whose record somebody tried to look into stands in the log, also when he is told of nothing. */
    private boolean isMet(Caller caller, Optional<Facts> resource, Interaction interaction) {
        if (resource.isEmpty()) {
            return false;
        }
        caller.call().record().about(resource.get().owners());
        return decide(caller, resource.get(), interaction, interaction).permits();
    }

    /** In the words that HAPI has for an id that it does not know. */
    private static BaseServerResponseException unknown(IIdType id) {
        return new ResourceNotFoundException("Resource " + id.toUnqualified().getValue() + " is not known");
    }
}
