package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.access.Grants.Grant;
import org.holovitals.server.access.SmartScope.Qualifier;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;

/**
 * The same rules for whoever reads stored resources past HAPI: what a search of one patient's record may find, and whether
 * a resource that was found may be shown.
 */
public final class RecordReach {
    private final FhirContext fhir;
    private final Grants grants;
    private final Visibility visibility;
    private final Compartments compartments;

    RecordReach(FhirContext fhir, Grants grants, Visibility visibility, Compartments compartments) {
        this.fhir = fhir;
        this.grants = grants;
        this.visibility = visibility;
        this.compartments = compartments;
    }

    /**
     * What scopes and consents leave of a search of one patient's resources of a type.
     *
     * @param anyOf search parameters, of which all of one list have to match; never empty
     * @param without what is left out all the same
     */
    public record Limits(List<List<Qualifier>> anyOf, List<Exclusion> without) {}

    /** Whether the rules for a type can be told from stored JSON. */
    public boolean covers(String type) {
        return compartments.elements(type).isPresent();
    }

    /** The search parameters that bind a type to patients. */
    public List<String> binding(String type) {
        return compartments.parameters(type);
    }

    /** Empty when nothing may be found. */
    public Optional<Limits> limits(Caller caller, String type, String patient) {
        List<Grant> permitted = grants.of(caller, type, Interaction.SEARCH);
        List<List<Qualifier>> anyOf = SearchWay.of(permitted, type, compartments.isShared(type)).stream()
                .filter(way -> way.isEverything() || way.patients().contains(patient))
                .map(SearchWay::conditions)
                .toList();
        if (anyOf.isEmpty()) {
            return Optional.empty();
        }
        boolean isUnlimited = anyOf.stream().anyMatch(List::isEmpty);
        return Optional.of(
                new Limits(isUnlimited ? List.of(List.of()) : anyOf, Exclusion.of(permitted, type, compartments)));
    }

    /**
     * Whether a resource may be shown. What is shown stands in the caller's record from then on: whose it is, and by which
     * consent.
     */
    public boolean shows(Caller caller, StoredResource stored, WholeResource resource, Interaction interaction) {
        Set<String> owners = compartments.owners(stored.type(), stored.id(), resource.references());
        Facts facts = new Facts(
                stored.type(), owners, Parts.of(stored.type(), resource.categories()), () -> fhir.newJsonParser()
                        .parseResource(resource.json()));
        Decision decision = visibility.decide(caller, facts, interaction, interaction);
        if (decision.permits()) {
            caller.call().record().about(owners);
            Optional.ofNullable(decision.consent()).ifPresent(caller.call().record()::under);
        }
        return decision.permits();
    }
}
