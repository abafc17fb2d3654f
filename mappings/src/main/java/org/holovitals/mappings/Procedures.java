package org.holovitals.mappings;

import java.util.List;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;

/** {@code patient_procedures} ⇄ Procedure. */
final class Procedures {
    private static final List<String> PREFERRED = List.of(Systems.SNOMED, Systems.CPT);

    private Procedures() {}

    static ProcedureRow row(Procedure procedure) {
        var code = Concepts.code(procedure.getCode(), PREFERRED);
        var performed = Dates.Span.of(procedure.getPerformed());
        var performer = performer(procedure);
        return new ProcedureRow(
                Origins.of(procedure, procedure.getSubject()),
                Concepts.name(procedure.getCode(), code),
                code,
                performed.from(),
                performed.until(),
                References.display(performer),
                References.literal(performer),
                References.display(procedure.getLocation()),
                References.literal(procedure.getLocation()),
                Texts.notes(procedure.getNote()),
                Texts.value(procedure.getStatusElement()));
    }

    private static Reference performer(Procedure procedure) {
        return procedure.getPerformer().isEmpty()
                ? new Reference()
                : procedure.getPerformer().get(0).getActor();
    }

    static Procedure resource(ProcedureRow row) {
        var procedure = Origins.stamp(new Procedure(), row.origin());
        procedure.setSubject(References.patient(row.origin()));
        procedure.setCode(Concepts.concept(row.code(), row.name()));
        procedure.setPerformed(new Dates.Span(row.date(), row.endDate()).element());
        var performer = References.reference(row.performedByReference(), row.performedBy());
        if (performer != null) {
            procedure.addPerformer().setActor(performer);
        }
        procedure.setLocation(References.reference(row.locationReference(), row.location()));
        Texts.notes(row.notes()).forEach(procedure::addNote);
        Codes.set(procedure, "status", row.status());
        return procedure;
    }
}
