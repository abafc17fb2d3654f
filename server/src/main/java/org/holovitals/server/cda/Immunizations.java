package org.holovitals.server.cda;

import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Immunization activities, given and refused. */
final class Immunizations implements Reader {
    private static final String REFUSAL = "2.16.840.1.113883.10.20.22.4.53";
    private static final String NO_TIME = "unknown";

    @Override
    public void read(Section section, Node entry) {
        if (!entry.name().equals("substanceAdministration")) {
            section.loss("an entry that is no immunization is left out");
            return;
        }
        boolean isRefused = entry.isTrue("negationInd");
        boolean isGiven = Section.status(entry).equals("completed")
                || Section.status(entry).isEmpty();
        if (!isRefused && (!isGiven || entry.has("moodCode", "INT"))) {
            section.loss("an immunization that is planned or not finished is left out");
            return;
        }
        Optional<Node> product = entry.first("consumable/manufacturedProduct");
        Optional<Node> material = product.flatMap(node -> node.first("manufacturedMaterial"));
        CodeableConcept code =
                section.told(section.substance(entry, material), "an immunization without code and name");
        if (code == null) {
            return;
        }
        Immunization immunization =
                new Immunization().setPatient(section.draft().patient());
        immunization.setVaccineCode(code);
        immunization.setStatus(isRefused ? ImmunizationStatus.NOTDONE : ImmunizationStatus.COMPLETED);
        DateTimeType given = section.types().begin(entry.first("effectiveTime"));
        // R4 wants a time; that nobody knows it can be said in words only.
        immunization.setOccurrence(given == null ? new StringType(NO_TIME) : given);
        Section.identify(entry, immunization::addIdentifier);
        details(section, entry, immunization);
        material.flatMap(node -> node.first("lotNumberText")).map(Node::text).ifPresent(immunization::setLotNumber);
        product.flatMap(node -> node.first("manufacturerOrganization/name"))
                .map(Node::text)
                .ifPresent(name -> immunization.setManufacturer(new Reference().setDisplay(name)));
        section.draft().add(entry, code.getCodingFirstRep().getCode() + code.getText(), immunization);
    }

    private static void details(Section section, Node entry, Immunization immunization) {
        Quantity dose = entry.first("doseQuantity").map(Types::quantity).orElse(null);
        if (dose != null) {
            immunization.setDoseQuantity(dose);
        }
        CodeableConcept route = section.types().concept(entry.first("routeCode"));
        if (route != null) {
            immunization.setRoute(route);
        }
        CodeableConcept site = section.types().concept(entry.first("approachSiteCode"));
        if (site != null) {
            immunization.setSite(site);
        }
        entry.related(REFUSAL)
                .map(reason -> section.types().concept(reason.first("code")))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(immunization::setStatusReason);
        entry.first("repeatNumber")
                .map(node -> node.attribute("value"))
                .filter(number -> number.matches("[1-9]\\d{0,3}"))
                .ifPresent(number ->
                        immunization.addProtocolApplied().setDoseNumber(new PositiveIntType(Integer.parseInt(number))));
        section.notes(entry).forEach(immunization::addNote);
        entry.related(Allergies.REACTION)
                .map(reaction -> section.types().conceptOr(reaction.first("value"), section.said(reaction)))
                .filter(Objects::nonNull)
                .forEach(reaction -> immunization.addNote().setText("Reaction: " + words(reaction)));
        String performer = Section.name(entry.first("performer/assignedEntity/assignedPerson/name"));
        if (performer != null) {
            immunization.addPerformer().setActor(new Reference().setDisplay(performer));
        }
    }

    private static String words(CodeableConcept concept) {
        Coding coding = concept.getCodingFirstRep();
        return concept.hasText() ? concept.getText() : coding.hasDisplay() ? coding.getDisplay() : coding.getCode();
    }
}
