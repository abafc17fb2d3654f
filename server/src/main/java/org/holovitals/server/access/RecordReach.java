package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.holovitals.server.access.Grants.Grant;
import org.holovitals.server.access.SmartScope.Qualifier;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;
import org.jspecify.annotations.Nullable;

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

    /**
     * Begins a call with what is remembered of consents, if anything is, as it was when somebody last asked. A statement has
     * to confirm it ({@link Call#consentVersion}), or it has to be forgotten, before anything is shown or refused.
     */
    public void assumeConsents(Caller caller) {
        grants.assume(caller);
    }

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
        Facts facts = Facts.of(stored, resource, compartments, fhir);
        Decision decision = visibility.decide(caller, facts, interaction, interaction);
        if (decision.permits()) {
            caller.call().record().about(facts.owners());
            Optional.ofNullable(decision.consent()).ifPresent(caller.call().record()::under);
        }
        return decision.permits();
    }

    /** The same of a resource that is said to be of one patient's record, or of none, as a medication: else it is not shown. */
    public boolean showsOf(
            Caller caller, String patient, StoredResource stored, WholeResource resource, Interaction interaction) {
        boolean isSaidRightly = compartments.isShared(stored.type())
                || (covers(stored.type())
                        && compartments
                                .owners(stored.type(), stored.id(), resource.references())
                                .contains(patient));
        return isSaidRightly && shows(caller, stored, resource, interaction);
    }

    /** The FHIR ids of the patients of whose records the scopes and consents of a caller reach anything now. */
    public Set<String> reached(Caller caller) {
        return grants.patients(caller);
    }

    /**
     * Whether scopes and consents would let the caller find a resource in a patient's record, if there is one. Nothing is
     * looked at, so the answer does not tell whether there is.
     *
     * @param category code and system of its category, such as of an Observation; null for one without
     */
    public boolean opens(Caller caller, String patient, String type, @Nullable Coding category) {
        Set<String> codes = category == null ? Set.of() : Set.of(category.getCode());
        Facts facts = new Facts(type, Set.of(patient), Parts.of(type, codes), () -> example(type, category));
        return visibility
                .decide(caller, facts, Interaction.SEARCH, Interaction.SEARCH)
                .permits();
    }

    private IBaseResource example(String type, @Nullable Coding category) {
        IBaseResource example = fhir.getResourceDefinition(type).newInstance();
        if (category != null) {
            CodeableConcept concept = new CodeableConcept(category);
            if (example instanceof Observation observation) {
                observation.addCategory(concept);
            } else if (example instanceof Condition condition) {
                condition.addCategory(concept);
            } else if (example instanceof DocumentReference document) {
                document.addCategory(concept);
            }
        }
        return example;
    }
}
