package org.holovitals.server.consent;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.holovitals.server.access.Consents.Part;

/** Which FHIR types a part of a record is made of; some types belong to two parts. */
final class PartTypes {
    private static final Map<Part, Set<String>> TYPES = new EnumMap<>(Map.ofEntries(
            Map.entry(Part.DOCUMENTS, Set.of("DocumentReference", "DocumentManifest", "Binary")),
            Map.entry(Part.TEST_RESULTS, Set.of("Observation", "DiagnosticReport", "Specimen")),
            Map.entry(
                    Part.MEDICATIONS,
                    Set.of(
                            "MedicationRequest",
                            "MedicationStatement",
                            "MedicationAdministration",
                            "MedicationDispense")),
            Map.entry(Part.ALLERGIES, Set.of("AllergyIntolerance")),
            Map.entry(Part.CONDITIONS, Set.of("Condition")),
            Map.entry(Part.IMAGING, Set.of("ImagingStudy", "Media")),
            Map.entry(Part.CLINICAL_NOTES, Set.of("DocumentReference", "Composition", "ClinicalImpression")),
            Map.entry(Part.VITAL_SIGNS, Set.of("Observation")),
            Map.entry(Part.PROCEDURES, Set.of("Procedure")),
            Map.entry(
                    Part.IMMUNIZATIONS, Set.of("Immunization", "ImmunizationRecommendation", "ImmunizationEvaluation")),
            Map.entry(Part.FAMILY_HISTORY, Set.of("FamilyMemberHistory")),
            Map.entry(Part.ALL_PHI, Set.of())));

    private PartTypes() {}

    /** The types of some parts, in alphabetical order; none for the whole record. */
    static List<String> of(Collection<Part> parts) {
        return parts.stream()
                .flatMap(part -> types(part).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Set<String> types(Part part) {
        return TYPES.getOrDefault(part, Set.of());
    }

    /** The parts to which any of the types belongs: what a denial of the types keeps back. */
    static Set<Part> touching(Set<String> types) {
        return Arrays.stream(Part.values())
                .filter(part -> types(part).stream().anyMatch(types::contains))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /** The parts that are made of nothing but these types. */
    static Set<Part> within(Set<String> types) {
        return Arrays.stream(Part.values())
                .filter(part -> part != Part.ALL_PHI && types.containsAll(types(part)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /** Those of the types of which some parts do not hold everything. */
    static Set<String> notWholly(Set<String> types, Set<Part> parts) {
        return types.stream()
                .filter(type -> {
                    Set<Part> all = touching(Set.of(type));
                    return all.isEmpty() || !parts.containsAll(all);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
