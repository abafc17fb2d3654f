package org.holovitals.mappings;

import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** {@code patient_procedures} and Procedure. */
final class Procedures {

    ProcedureRow toRow(Procedure procedure, String status) {
        Concept code = Concept.from(procedure.getCode(), Concept.SNOMED);
        Span performed = Span.from(procedure.getPerformed());
        Reference performer =
                procedure.hasPerformer() ? procedure.getPerformer().get(0).getActor() : new Reference();
        return new ProcedureRow(
                Origins.of(procedure, procedure.getSubject()),
                code.text(),
                code.code(),
                performed.start(),
                performed.end(),
                Texts.of(performer.getDisplay()),
                Texts.reference(performer),
                Texts.of(procedure.getLocation().getDisplay()),
                Texts.reference(procedure.getLocation()),
                Texts.notes(procedure.getNote()),
                status);
    }

    Procedure toResource(ProcedureRow row) {
        Procedure procedure = new Procedure();
        Origins.identify(procedure, row.origin());
        procedure.setSubject(Origins.patient(row.origin()));
        procedure.setCode(new Concept(row.name(), row.code()).toConcept());
        procedure.setPerformed(new Span(row.date(), row.endDate()).toType());
        @Nullable Reference performer = Texts.reference(row.performedByReference(), row.performedBy());
        if (performer != null) {
            procedure.addPerformer().setActor(performer);
        }
        procedure.setLocation(Texts.reference(row.locationReference(), row.location()));
        procedure.setNote(Texts.annotations(row.notes()));
        procedure.getStatusElement().setValueAsString(row.status());
        return procedure;
    }
}
