package org.holovitals.server.cda;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Encounter activities that took place, with the diagnoses that were made. */
final class Encounters implements Reader {
    private static final String DIAGNOSIS = "2.16.840.1.113883.10.20.22.4.80";
    private static final String INDICATION = "2.16.840.1.113883.10.20.22.4.19";
    private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private static final String NULLS = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";

    @Override
    public void read(Section section, Node entry) {
        if (!entry.name().equals("encounter")) {
            section.loss("an entry that is no encounter is left out");
            return;
        }
        if (!entry.has("moodCode", "EVN") && entry.attribute("moodCode") != null) {
            section.loss("an encounter that is planned is left out");
            return;
        }
        Encounter encounter = new Encounter().setSubject(section.draft().patient());
        encounter.setStatus(
                switch (Section.status(entry)) {
                    case "completed" -> EncounterStatus.FINISHED;
                    case "active" -> EncounterStatus.INPROGRESS;
                    case "aborted", "cancelled", "canceled" -> EncounterStatus.CANCELLED;
                    default -> EncounterStatus.UNKNOWN;
                });
        CodeableConcept type = section.types().conceptOr(entry.first("code"), section.said(entry));
        if (type != null && section.isNothing(type)) {
            return;
        } else if (type != null) {
            encounter.addType(type);
        }
        encounter.setClass_(kind(type));
        Section.identify(entry, encounter::addIdentifier);
        encounter.setPeriod(period(section, entry));
        people(entry, encounter);
        reasons(section, entry, encounter);
        String code = type == null ? "" : type.getCodingFirstRep().getCode() + type.getText();
        section.draft().add(entry, code, encounter);
    }

    /** R4 wants a class; that a document names none can only be said by a code for it. */
    private static Coding kind(@Nullable CodeableConcept type) {
        return Stream.ofNullable(type)
                .flatMap(concept -> concept.getCoding().stream())
                .filter(coding -> CLASSES.equals(coding.getSystem()))
                .findFirst()
                .map(Coding::copy)
                .orElseGet(() -> new Coding().setSystem(NULLS).setCode("UNK"));
    }

    /** A time without an end is when it was, and begins a period that says no more. */
    private static Period period(Section section, Node entry) {
        Optional<Node> time = entry.first("effectiveTime");
        DateTimeType begin = section.types().begin(time);
        DateTimeType end = section.types().end(time);
        boolean isPoint = end == null
                && time.filter(node -> node.first("low").isPresent()).isEmpty();
        return new Period().setStartElement(begin).setEndElement(isPoint ? begin : end);
    }

    private static void people(Node entry, Encounter encounter) {
        entry.find("performer/assignedEntity/assignedPerson/name")
                .map(Node::text)
                .filter(Objects::nonNull)
                .forEach(name -> encounter.addParticipant().setIndividual(new Reference().setDisplay(name)));
        entry.all("participant").stream()
                .filter(participant -> participant.has("typeCode", "LOC"))
                .flatMap(participant -> participant.find("participantRole/playingEntity/name"))
                .map(Node::text)
                .filter(Objects::nonNull)
                .forEach(name -> encounter.addLocation().setLocation(new Reference().setDisplay(name)));
    }

    private static void reasons(Section section, Node entry, Encounter encounter) {
        entry.related(INDICATION)
                .map(indication -> section.types().concept(indication.first("value")))
                .filter(Objects::nonNull)
                .forEach(encounter::addReasonCode);
        entry.related(DIAGNOSIS)
                .flatMap(diagnosis -> Problems.ofEncounter().conditions(section, diagnosis).stream())
                .forEach(url -> encounter.addDiagnosis().setCondition(new Reference(url)));
    }
}
