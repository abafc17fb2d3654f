package org.holovitals.server.cda;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategory;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticality;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceSeverity;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;

/** Allergy concern acts with their observations, each of which is an AllergyIntolerance. */
final class Allergies implements Reader {
    private static final String OBSERVATION = "2.16.840.1.113883.10.20.22.4.7";
    private static final String STATUS = "2.16.840.1.113883.10.20.22.4.28";
    static final String REACTION = "2.16.840.1.113883.10.20.22.4.9";
    static final String SEVERITY = "2.16.840.1.113883.10.20.22.4.8";
    private static final String CRITICALITY = "2.16.840.1.113883.10.20.22.4.145";
    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private static final Pattern NONE_KNOWN = Pattern.compile("(?i)no known allerg(?:y|ies)");
    private static final String NONE = "716186003";

    /** What kinds of SNOMED CT mean. */
    private static final Map<String, Meaning> KINDS = Map.ofEntries(
            Map.entry("419199007", new Meaning(AllergyIntoleranceType.ALLERGY, null, "716186003")),
            Map.entry(
                    "416098002",
                    new Meaning(AllergyIntoleranceType.ALLERGY, AllergyIntoleranceCategory.MEDICATION, "409137002")),
            Map.entry(
                    "414285001",
                    new Meaning(AllergyIntoleranceType.ALLERGY, AllergyIntoleranceCategory.FOOD, "429625007")),
            Map.entry(
                    "426232007",
                    new Meaning(AllergyIntoleranceType.ALLERGY, AllergyIntoleranceCategory.ENVIRONMENT, "428607008")),
            Map.entry(
                    "59037007",
                    new Meaning(AllergyIntoleranceType.INTOLERANCE, AllergyIntoleranceCategory.MEDICATION, null)),
            Map.entry(
                    "235719002",
                    new Meaning(AllergyIntoleranceType.INTOLERANCE, AllergyIntoleranceCategory.FOOD, null)),
            Map.entry("419511003", new Meaning(null, AllergyIntoleranceCategory.MEDICATION, "409137002")),
            Map.entry("418471000", new Meaning(null, AllergyIntoleranceCategory.FOOD, "429625007")),
            Map.entry("418038007", new Meaning(null, null, "716186003")),
            Map.entry("420134006", new Meaning(null, null, "716186003")));

    private static final Map<String, AllergyIntoleranceSeverity> SEVERITIES = Map.of(
            "255604002", AllergyIntoleranceSeverity.MILD,
            "6736007", AllergyIntoleranceSeverity.MODERATE,
            "371923003", AllergyIntoleranceSeverity.MODERATE,
            "371924009", AllergyIntoleranceSeverity.SEVERE,
            "24484000", AllergyIntoleranceSeverity.SEVERE,
            "399166001", AllergyIntoleranceSeverity.SEVERE);

    /**
     * A kind of allergy.
     *
     * @param none SNOMED CT's code for having none of the kind
     */
    private record Meaning(
            @Nullable AllergyIntoleranceType type,
            @Nullable AllergyIntoleranceCategory category,
            @Nullable String none) {}

    @Override
    public void read(Section section, Node entry) {
        List<Node> observations = entry.name().equals("observation")
                ? List.of(entry)
                : entry.related(OBSERVATION).toList();
        if (observations.isEmpty()) {
            section.loss("an entry without an allergy is left out");
        }
        observations.forEach(observation -> read(section, entry, observation));
    }

    private static void read(Section section, Node concern, Node observation) {
        Meaning meaning = KINDS.getOrDefault(
                observation
                        .first("value")
                        .map(value -> String.valueOf(value.attribute("code")))
                        .orElse(""),
                new Meaning(null, null, null));
        CodeableConcept code = substance(section, observation);
        boolean isNegated = observation.isTrue("negationInd");
        if (code != null && isNone(code)) {
            code.addCoding(new Coding().setSystem(Systems.SNOMED).setCode(NONE));
            // A negation says the same once more, and does not refute it.
            isNegated = false;
        }
        AllergyIntolerance allergy =
                new AllergyIntolerance().setPatient(section.draft().patient());
        if (isNegated && code == null && meaning.none() != null) {
            code = Section.concept(Systems.SNOMED, meaning.none());
        } else if (isNegated) {
            allergy.setVerificationStatus(Section.concept(VERIFICATION, "refuted"));
        }
        code = section.told(code, "an allergy that does not say to what");
        if (code == null) {
            return;
        }
        allergy.setCode(code);
        allergy.setType(meaning.type());
        if (meaning.category() != null) {
            allergy.addCategory(meaning.category());
        }
        Section.identify(observation, allergy::addIdentifier);
        status(section, concern, observation, allergy);
        criticality(observation, allergy);
        observation.related(REACTION).forEach(reaction -> reaction(section, reaction, allergy));
        severity(observation).ifPresent(severity -> ofAllReactions(severity, allergy));
        section.notes(observation).forEach(allergy::addNote);
        section.draft().add(observation, code.getCodingFirstRep().getCode() + code.getText(), allergy);
    }

    private static boolean isNone(CodeableConcept code) {
        return code.getCoding().isEmpty()
                && NONE_KNOWN.matcher(String.valueOf(code.getText())).matches();
    }

    private static @Nullable CodeableConcept substance(Section section, Node observation) {
        Optional<Node> entity = observation.first("participant/participantRole/playingEntity");
        Optional<Node> code = entity.flatMap(node -> node.first("code"));
        String name = entity.flatMap(node -> node.first("name")).map(Node::text).orElse(null);
        return section.types().conceptOr(code, name);
    }

    private static void status(Section section, Node concern, Node observation, AllergyIntolerance allergy) {
        Optional<Node> time = observation.first("effectiveTime");
        DateTimeType onset = section.types().begin(time);
        if (onset != null) {
            allergy.setOnset(onset);
        }
        Stream.of(observation, concern)
                .map(section::authored)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(allergy::setRecordedDateElement);
        String said = observation
                .related(STATUS)
                .flatMap(status -> status.all("value").stream())
                .map(value -> String.valueOf(value.attribute("code")))
                .findFirst()
                .orElse("");
        String status =
                switch (said) {
                    case "55561003" -> "active";
                    case "73425007" -> "inactive";
                    case "413322009" -> "resolved";
                    default ->
                        section.types().end(time) != null
                                ? "resolved"
                                : switch (Section.status(concern)) {
                                    case "active" -> "active";
                                    case "completed", "aborted", "suspended" ->
                                        concern.name().equals("act") ? "inactive" : null;
                                    default -> null;
                                };
                };
        if (status != null) {
            allergy.setClinicalStatus(Section.concept(CLINICAL, status));
        }
    }

    private static void criticality(Node observation, AllergyIntolerance allergy) {
        observation
                .related(CRITICALITY)
                .flatMap(criticality -> criticality.all("value").stream())
                .map(value -> String.valueOf(value.attribute("code")))
                .findFirst()
                .ifPresent(code -> allergy.setCriticality(
                        switch (code) {
                            case "CRITL" -> AllergyIntoleranceCriticality.LOW;
                            case "CRITH" -> AllergyIntoleranceCriticality.HIGH;
                            case "CRITU" -> AllergyIntoleranceCriticality.UNABLETOASSESS;
                            default -> null;
                        }));
    }

    private static void reaction(Section section, Node node, AllergyIntolerance allergy) {
        CodeableConcept manifestation = section.types().conceptOr(node.first("value"), section.said(node));
        if (manifestation == null) {
            return;
        }
        AllergyIntoleranceReactionComponent reaction = allergy.addReaction();
        reaction.addManifestation(manifestation);
        DateTimeType onset = section.types().begin(node.first("effectiveTime"));
        if (onset != null) {
            reaction.setOnsetElement(onset);
        }
        severity(node).ifPresent(reaction::setSeverity);
    }

    private static Optional<AllergyIntoleranceSeverity> severity(Node node) {
        return node.related(SEVERITY)
                .flatMap(severity -> severity.all("value").stream())
                .map(value -> SEVERITIES.get(String.valueOf(value.attribute("code"))))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Older documents say of the allergy how severe its reactions are, also where they do not say what happened. */
    private static void ofAllReactions(AllergyIntoleranceSeverity severity, AllergyIntolerance allergy) {
        if (!allergy.hasReaction()) {
            allergy.addReaction().addManifestation(Types.absent(null));
        }
        allergy.getReaction().stream()
                .filter(reaction -> !reaction.hasSeverity())
                .forEach(reaction -> reaction.setSeverity(severity));
    }
}
