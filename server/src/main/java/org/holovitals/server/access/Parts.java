package org.holovitals.server.access;

import static org.holovitals.server.access.Consents.Part.ALLERGIES;
import static org.holovitals.server.access.Consents.Part.CLINICAL_NOTES;
import static org.holovitals.server.access.Consents.Part.CONDITIONS;
import static org.holovitals.server.access.Consents.Part.DOCUMENTS;
import static org.holovitals.server.access.Consents.Part.FAMILY_HISTORY;
import static org.holovitals.server.access.Consents.Part.IMAGING;
import static org.holovitals.server.access.Consents.Part.IMMUNIZATIONS;
import static org.holovitals.server.access.Consents.Part.MEDICATIONS;
import static org.holovitals.server.access.Consents.Part.PROCEDURES;
import static org.holovitals.server.access.Consents.Part.TEST_RESULTS;
import static org.holovitals.server.access.Consents.Part.VITAL_SIGNS;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.holovitals.server.access.Consents.Part;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a record that patients grant and deny, as resource types. A resource is of one part: the first row of its
 * type that fits. What no row names is {@link Part#ALL_PHI}, which only a consent to the whole record opens.
 */
public final class Parts {
    private static final List<Row> ROWS = List.of(
            new Row("Observation", "vital-signs", VITAL_SIGNS),
            new Row("Observation", null, TEST_RESULTS),
            new Row("DiagnosticReport", null, TEST_RESULTS),
            new Row("Specimen", null, TEST_RESULTS),
            new Row("MedicationRequest", null, MEDICATIONS),
            new Row("MedicationStatement", null, MEDICATIONS),
            new Row("MedicationAdministration", null, MEDICATIONS),
            new Row("MedicationDispense", null, MEDICATIONS),
            new Row("AllergyIntolerance", null, ALLERGIES),
            new Row("Condition", null, CONDITIONS),
            new Row("ImagingStudy", null, IMAGING),
            new Row("Media", null, IMAGING),
            new Row("DocumentReference", "clinical-note", CLINICAL_NOTES),
            new Row("DocumentReference", null, DOCUMENTS),
            new Row("Composition", null, CLINICAL_NOTES),
            new Row("ClinicalImpression", null, CLINICAL_NOTES),
            new Row("DocumentManifest", null, DOCUMENTS),
            new Row("Binary", null, DOCUMENTS),
            new Row("Procedure", null, PROCEDURES),
            new Row("Immunization", null, IMMUNIZATIONS),
            new Row("ImmunizationRecommendation", null, IMMUNIZATIONS),
            new Row("ImmunizationEvaluation", null, IMMUNIZATIONS),
            new Row("FamilyMemberHistory", null, FAMILY_HISTORY));

    private static final Map<String, List<Row>> BY_TYPE = ROWS.stream().collect(Collectors.groupingBy(Row::type));

    private Parts() {}

    /**
     * A part of a type's resources.
     *
     * @param category the code, of whatever system, that the resource has as a category; null for all others of the type
     */
    record Row(String type, @Nullable String category, Part part) {
        boolean fits(Set<String> categories) {
            return category == null || categories.contains(category);
        }
    }

    /** Of the types with two rows: what tells them apart can be asked of a resource and in a search. */
    private static List<CodeableConcept> categories(IBaseResource resource) {
        if (resource instanceof Observation observation) {
            return observation.getCategory();
        }
        return resource instanceof DocumentReference document ? document.getCategory() : List.of();
    }

    /** The part that a resource is of. */
    public static Part of(IBaseResource resource) {
        Set<String> codes = categories(resource).stream()
                .map(CodeableConcept::getCoding)
                .flatMap(Collection::stream)
                .map(Coding::getCode)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        return of(resource.fhirType(), codes);
    }

    /** The part that a resource of a type is of, by the codes of its categories. */
    static Part of(String type, Set<String> categories) {
        return rows(type).stream()
                .filter(row -> row.fits(categories))
                .map(Row::part)
                .findFirst()
                .orElse(Part.ALL_PHI);
    }

    /** The parts that resources of a type can be of. */
    public static Set<Part> ofType(String type) {
        List<Row> rows = rows(type);
        return rows.isEmpty()
                ? EnumSet.of(Part.ALL_PHI)
                : rows.stream().map(Row::part).collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /** The types that a part is made of; none for the whole record. */
    public static Set<String> types(Part part) {
        return ROWS.stream().filter(row -> row.part() == part).map(Row::type).collect(Collectors.toUnmodifiableSet());
    }

    /** The rows of a type, in their order. */
    static List<Row> rows(String type) {
        return BY_TYPE.getOrDefault(type, List.of());
    }
}
