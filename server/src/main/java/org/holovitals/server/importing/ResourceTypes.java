package org.holovitals.server.importing;

import ca.uhn.fhir.context.FhirContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The resource types of R4 and the order in which they are imported: what is referred to comes first. */
final class ResourceTypes {
    private static final int PATIENT = 10;
    private static final int CLINICAL = 14;

    private static final Map<String, Integer> RANKS = Map.ofEntries(
            Map.entry("Organization", 0),
            Map.entry("Location", 1),
            Map.entry("Endpoint", 1),
            Map.entry("Practitioner", 2),
            Map.entry("HealthcareService", 3),
            Map.entry("PractitionerRole", 4),
            Map.entry("CodeSystem", 3),
            Map.entry("ValueSet", 3),
            Map.entry("StructureDefinition", 3),
            Map.entry("SearchParameter", 3),
            Map.entry("OrganizationAffiliation", 5),
            Map.entry("Substance", 5),
            Map.entry("Medication", 6),
            Map.entry("PlanDefinition", 6),
            Map.entry("ActivityDefinition", 6),
            Map.entry("Questionnaire", 6),
            Map.entry("Schedule", 6),
            Map.entry("Slot", 7),
            Map.entry("Patient", PATIENT),
            Map.entry("RelatedPerson", 11),
            Map.entry("Device", 11),
            Map.entry("Person", 11),
            Map.entry("Group", 11),
            Map.entry("EpisodeOfCare", 11),
            Map.entry("Coverage", 11),
            Map.entry("Encounter", 12),
            Map.entry("Condition", 13),
            Map.entry("AllergyIntolerance", 13),
            Map.entry("Specimen", 13),
            Map.entry("CareTeam", 13),
            Map.entry("ServiceRequest", 14),
            Map.entry("Procedure", 15),
            Map.entry("MedicationRequest", 15),
            Map.entry("Observation", 16),
            Map.entry("ImagingStudy", 16),
            Map.entry("MedicationAdministration", 16),
            Map.entry("MedicationDispense", 16),
            Map.entry("DiagnosticReport", 17),
            Map.entry("CarePlan", 17),
            Map.entry("DocumentReference", 17),
            Map.entry("Claim", 18),
            Map.entry("ExplanationOfBenefit", 19),
            Map.entry("Composition", 20),
            Map.entry("List", 20),
            Map.entry("Provenance", 21),
            Map.entry("AuditEvent", 21));

    private final Set<String> known;

    ResourceTypes(FhirContext fhir) {
        this(fhir.getResourceTypes());
    }

    ResourceTypes(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    boolean contains(String type) {
        return known.contains(type);
    }

    void require(Collection<String> types) throws BadSourceException {
        for (String type : types) {
            if (!known.contains(type)) {
                throw new BadSourceException("holds a resource of the unknown type " + printable(type));
            }
        }
    }

    /**
     * When a source with these types has its turn. Whatever holds patients goes with the patients; anything else waits
     * for the last of its types.
     */
    static int rank(Set<String> types) {
        if (types.contains("Patient")) {
            return PATIENT;
        }
        return types.stream().mapToInt(ResourceTypes::rank).max().orElse(CLINICAL);
    }

    static int rank(String type) {
        return RANKS.getOrDefault(type, CLINICAL);
    }

    /** Only what can be a type's name is quoted. */
    private static String printable(String type) {
        return type.matches("[A-Za-z]{1,40}") ? type : "(not a name)";
    }

    /** The types that no server stores. */
    static boolean isStorable(String type) {
        return !List.of("OperationOutcome", "Parameters").contains(type);
    }
}
