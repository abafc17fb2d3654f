package org.holovitals.server.cda;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;

/** Problem concern acts with their observations, each of which is a Condition. */
final class Problems implements Reader {
    static final String OBSERVATION = "2.16.840.1.113883.10.20.22.4.4";
    private static final String STATUS = "2.16.840.1.113883.10.20.22.4.6";
    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category";
    private static final String NO_PROBLEM = "160245001";

    /** SNOMED CT's codes that mean a problem as such. */
    private static final List<String> ANY_PROBLEM = List.of("55607006", "404684003", "282291009", "64572001");

    private static final Map<String, String> STATUSES = Map.of(
            "55561003", "active",
            "73425007", "inactive",
            "413322009", "resolved",
            "246455001", "recurrence",
            "263855007", "relapse",
            "277022003", "remission");

    private final String category;

    private Problems(String category) {
        this.category = category;
    }

    /** Those of a list of problems. */
    static Problems ofList() {
        return new Problems("problem-list-item");
    }

    /** Those that were made, or treated, at an encounter. */
    static Problems ofEncounter() {
        return new Problems("encounter-diagnosis");
    }

    @Override
    public void read(Section section, Node entry) {
        conditions(section, entry);
    }

    /** Makes Conditions of an entry, and returns their addresses. */
    List<String> conditions(Section section, Node entry) {
        List<Node> observations = entry.name().equals("observation")
                ? List.of(entry)
                : entry.all("entryRelationship").stream()
                        .flatMap(Node::children)
                        .filter(child -> child.isOf(OBSERVATION))
                        .toList();
        if (observations.isEmpty()) {
            section.loss("an entry without a problem is left out");
        }
        return observations.stream()
                .flatMap(observation -> read(section, entry, observation).stream())
                .toList();
    }

    private Optional<String> read(Section section, Node concern, Node observation) {
        Optional<Node> value = observation.first("value");
        boolean isNegated = observation.isTrue("negationInd");
        CodeableConcept code = section.told(
                section.types().conceptOr(value, section.said(observation)), "a problem without code and text");
        if (code == null) {
            return Optional.empty();
        }
        Condition condition = new Condition().setSubject(section.draft().patient());
        if (isNegated && code.getCoding().stream().anyMatch(coding -> ANY_PROBLEM.contains(coding.getCode()))) {
            code = Section.concept(Systems.SNOMED, NO_PROBLEM).setText(code.getText());
        } else if (isNegated) {
            condition.setVerificationStatus(Section.concept(VERIFICATION, "refuted"));
        }
        condition.setCode(code);
        condition.addCategory(Section.concept(CATEGORY, category));
        Section.identify(observation, condition::addIdentifier);
        time(section, concern, observation, condition);
        condition.setSeverity(observation
                .related(Allergies.SEVERITY)
                .map(severity -> section.types().concept(severity.first("value")))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
        section.notes(observation).forEach(condition::addNote);
        String status = status(section, concern, observation);
        if (status != null) {
            condition.setClinicalStatus(Section.concept(CLINICAL, status));
        }
        return Optional.of(
                section.draft().add(observation, code.getCodingFirstRep().getCode() + code.getText(), condition));
    }

    private static void time(Section section, Node concern, Node observation, Condition condition) {
        Optional<Node> time = observation.first("effectiveTime");
        DateTimeType onset = section.types().begin(time);
        DateTimeType abatement = section.types().end(time);
        if (onset != null) {
            condition.setOnset(onset);
        }
        if (abatement != null) {
            condition.setAbatement(abatement);
        }
        Stream.of(observation, concern)
                .map(section::authored)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(condition::setRecordedDateElement);
    }

    /** What the document says of it; null when it says nothing. */
    private static @Nullable String status(Section section, Node concern, Node observation) {
        Optional<String> said = observation
                .related(STATUS)
                .flatMap(status -> status.all("value").stream())
                .map(value -> STATUSES.get(String.valueOf(value.attribute("code"))))
                .filter(Objects::nonNull)
                .findFirst();
        if (said.isPresent()) {
            return said.get();
        } else if (observation.first("effectiveTime/high").isPresent()) {
            return section.types().end(observation.first("effectiveTime")) == null ? "inactive" : "resolved";
        }
        return switch (Section.status(concern)) {
            case "active" -> "active";
            case "completed", "suspended", "aborted" -> concern.name().equals("act") ? "inactive" : null;
            default -> null;
        };
    }
}
