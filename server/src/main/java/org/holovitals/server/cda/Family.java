package org.holovitals.server.cda;

import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.FamilyMemberHistory.FamilyHistoryStatus;
import org.hl7.fhir.r4.model.FamilyMemberHistory.FamilyMemberHistoryConditionComponent;
import org.hl7.fhir.r4.model.Quantity;

/** Family history organizers: each is what is known of one relative. */
final class Family implements Reader {
    private static final String AGE = "2.16.840.1.113883.10.20.22.4.31";
    private static final String DEATH = "2.16.840.1.113883.10.20.22.4.47";
    private static final String SEXES = "http://hl7.org/fhir/administrative-gender";
    private static final String SDTC = "urn:hl7-org:sdtc";

    @Override
    public void read(Section section, Node entry) {
        Optional<Node> relative = entry.first("subject/relatedSubject");
        CodeableConcept relationship = relative.map(node -> section.types().concept(node.first("code")))
                .orElse(null);
        if (!entry.name().equals("organizer") || relationship == null) {
            section.loss("an entry that does not say of which relative it is is left out");
            return;
        }
        FamilyMemberHistory history =
                new FamilyMemberHistory().setPatient(section.draft().patient());
        history.setRelationship(relationship);
        history.setStatus(
                Section.status(entry).equals("completed")
                        ? FamilyHistoryStatus.COMPLETED
                        : FamilyHistoryStatus.PARTIAL);
        Section.identify(entry, history::addIdentifier);
        relative.flatMap(node -> node.first("subject")).ifPresent(subject -> person(section, subject, history));
        entry.find("component/observation").forEach(observation -> condition(section, observation, history));
        section.draft().add(entry, relationship.getCodingFirstRep().getCode() + relationship.getText(), history);
    }

    private static void person(Section section, Node subject, FamilyMemberHistory history) {
        subject.first("name").map(Node::text).ifPresent(history::setName);
        String sex = subject.first("administrativeGenderCode").map(Node::code).orElse("");
        switch (sex) {
            case "m" -> history.setSex(Section.concept(SEXES, "male"));
            case "f" -> history.setSex(Section.concept(SEXES, "female"));
            case "un" -> history.setSex(Section.concept(SEXES, "other"));
            default -> {}
        }
        DateTimeType birth = section.types().time(subject.first("birthTime"));
        if (birth != null) {
            history.setBorn(new DateType(birth.getValueAsString()
                    .substring(0, Math.min(10, birth.getValueAsString().length()))));
        }
        String deceased =
                subject.element().getElementsByTagNameNS(SDTC, "deceasedInd").getLength() == 0
                        ? ""
                        : ((org.w3c.dom.Element) subject.element()
                                        .getElementsByTagNameNS(SDTC, "deceasedInd")
                                        .item(0))
                                .getAttribute("value");
        if (!deceased.isEmpty()) {
            history.setDeceased(new BooleanType(deceased.equals("true")));
        }
    }

    private static void condition(Section section, Node observation, FamilyMemberHistory history) {
        CodeableConcept code = section.types().conceptOr(observation.first("value"), section.said(observation));
        if (code == null) {
            section.loss("an illness of a relative without code and text is left out");
            return;
        }
        if (observation.isTrue("negationInd")) {
            section.loss("an illness that a relative did not have is left out");
            return;
        }
        FamilyMemberHistoryConditionComponent condition = history.addCondition();
        condition.setCode(code);
        observation
                .related(AGE)
                .flatMap(age -> age.all("value").stream())
                .map(Types::quantity)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresentOrElse(age -> condition.setOnset(age(age)), () -> {
                    DateTimeType onset = section.types().begin(observation.first("effectiveTime"));
                    if (onset != null) {
                        condition.setOnset(new org.hl7.fhir.r4.model.StringType(onset.getValueAsString()));
                    }
                });
        if (observation.related(DEATH).findAny().isPresent()) {
            condition.setContributedToDeath(true);
        }
    }

    private static Age age(Quantity quantity) {
        Age age = new Age();
        age.setValue(quantity.getValue());
        age.setUnit(quantity.getUnit()).setSystem(quantity.getSystem()).setCode(quantity.getCode());
        return age;
    }
}
