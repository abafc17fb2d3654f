package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.holovitals.server.access.RecordReach;

/** A part of a record that questions are about, as the resources that it is made of. */
enum Area {
    /** Ordered or taken. */
    MEDICATIONS("medications", of("MedicationRequest"), of("MedicationStatement")),
    /** And intolerances. */
    ALLERGIES("allergies", of("AllergyIntolerance")),
    /** Diagnoses and problems. */
    CONDITIONS(
            "conditions",
            of("Condition", Systems.CONDITION, "problem-list-item"),
            of("Condition", Systems.CONDITION, "encounter-diagnosis"),
            of("Condition", Systems.US_CORE_CONDITION, "health-concern")),
    /** Of the laboratory. */
    RESULTS("laboratory results", of("Observation", Systems.OBSERVATION, "laboratory")),
    /** Questionnaires and habits. */
    SURVEYS(
            "questionnaires and social history",
            of("Observation", Systems.OBSERVATION, "survey"),
            of("Observation", Systems.OBSERVATION, "social-history")),
    /** Blood pressure, weight and the like. */
    VITALS("vital signs", of("Observation", Systems.OBSERVATION, "vital-signs")),
    /** Vaccinations. */
    IMMUNIZATIONS("immunizations", of("Immunization")),
    /** Operations and whatever else was done. */
    PROCEDURES("procedures", of("Procedure")),
    /** Of relatives. */
    FAMILY("family history", of("FamilyMemberHistory")),
    /** Visits and stays. */
    VISITS("visits", of("Encounter")),
    /** Notes, reports and files. */
    DOCUMENTS(
            "documents",
            of("DocumentReference"),
            of("DocumentReference", Systems.US_CORE_DOCUMENT, "clinical-note"),
            of("DiagnosticReport")),
    /** Name and day of birth. */
    PERSON("personal details", of("Patient"));

    private final String words;

    /** Never changed. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Kind> kinds;

    Area(String words, Kind... kinds) {
        this.words = words;
        this.kinds = List.of(kinds);
    }

    /** Resources of a type, with a category where it has several that are granted apart. */
    private record Kind(String type, Optional<Coding> category) {}

    private static Kind of(String type) {
        return new Kind(type, Optional.empty());
    }

    private static Kind of(String type, String system, String code) {
        return new Kind(type, Optional.of(new Coding(system, code, null)));
    }

    /** For the caller. */
    String words() {
        return words;
    }

    /** How much of an area a caller may look at. */
    enum Openness {
        /** All. */
        OPEN,
        /** Some kinds of its resources. */
        PARTLY,
        /** None. */
        CLOSED
    }

    /** How much of it is open, whatever the record holds. */
    Openness openness(RecordReach reach, RecordView view) {
        List<Boolean> open = kinds.stream()
                .map(kind -> reach.opens(
                        view.caller(),
                        view.patient(),
                        kind.type(),
                        kind.category().orElse(null)))
                .toList();
        return !open.contains(true) ? Openness.CLOSED : open.contains(false) ? Openness.PARTLY : Openness.OPEN;
    }

    /** All of them. */
    static Stream<Area> all() {
        return Stream.of(values());
    }

    /** Code systems of categories. */
    private static final class Systems {
        static final String OBSERVATION = "http://terminology.hl7.org/CodeSystem/observation-category";
        static final String CONDITION = "http://terminology.hl7.org/CodeSystem/condition-category";
        static final String US_CORE_CONDITION = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
        static final String US_CORE_DOCUMENT =
                "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
    }
}
