package org.holovitals.server.cda;

import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/** Procedure activities, whether they are written as procedures, acts or observations. */
final class Procedures implements Reader {
    private static final String INDICATION = "2.16.840.1.113883.10.20.22.4.19";
    private static final Set<String> NAMES = Set.of("procedure", "act", "observation");

    @Override
    public void read(Section section, Node entry) {
        if (!NAMES.contains(entry.name())) {
            section.loss("an entry that is no procedure is left out");
            return;
        }
        if (!entry.has("moodCode", "EVN") && entry.attribute("moodCode") != null) {
            section.loss("a procedure that is planned is left out");
            return;
        }
        CodeableConcept code = section.told(
                section.types().conceptOr(entry.first("code"), section.said(entry)),
                "a procedure without code and text");
        if (code == null) {
            return;
        }
        Procedure procedure = new Procedure().setSubject(section.draft().patient());
        procedure.setCode(code);
        procedure.setStatus(
                entry.isTrue("negationInd")
                        ? ProcedureStatus.NOTDONE
                        : switch (Section.status(entry)) {
                            case "completed" -> ProcedureStatus.COMPLETED;
                            case "active" -> ProcedureStatus.INPROGRESS;
                            case "aborted" -> ProcedureStatus.STOPPED;
                            case "cancelled" -> ProcedureStatus.NOTDONE;
                            case "suspended", "held" -> ProcedureStatus.ONHOLD;
                            default -> ProcedureStatus.UNKNOWN;
                        });
        Type performed = section.types().moment(entry.first("effectiveTime"));
        if (performed != null) {
            procedure.setPerformed(performed);
        }
        Section.identify(entry, procedure::addIdentifier);
        entry.all("targetSiteCode").stream()
                .map(site -> section.types().concept(java.util.Optional.of(site)))
                .filter(Objects::nonNull)
                .forEach(procedure::addBodySite);
        entry.related(INDICATION)
                .map(indication -> section.types().concept(indication.first("value")))
                .filter(Objects::nonNull)
                .forEach(procedure::addReasonCode);
        section.notes(entry).forEach(procedure::addNote);
        String performer = Section.name(entry.first("performer/assignedEntity/assignedPerson/name"));
        if (performer != null) {
            procedure.addPerformer().setActor(new Reference().setDisplay(performer));
        }
        if (entry.name().equals("observation")
                && entry.first("value")
                        .filter(node -> node.attribute("nullFlavor") == null && node.attribute("code") != null)
                        .isPresent()) {
            section.loss("the result of a procedure is left out");
        }
        section.draft().add(entry, code.getCodingFirstRep().getCode() + code.getText(), procedure);
    }
}
