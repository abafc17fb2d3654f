package org.holovitals.mappings;

import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** {@code patient_medications} ⇄ MedicationRequest or MedicationStatement. */
final class Medications {
    private static final String REQUEST = "MedicationRequest";
    private static final String STATEMENT = "MedicationStatement";

    private Medications() {}

    static MedicationRow row(MedicationRequest request, MedicationLookup lookup) {
        var drug = Drug.of(request, request.getMedication(), lookup);
        var validity = request.getDispenseRequest().getValidityPeriod();
        return new MedicationRow(
                Origins.of(request, request.getSubject()),
                REQUEST,
                drug.name(),
                drug.code(),
                drug.reference(),
                Dosages.amount(request.getDosageInstruction()),
                Dosages.frequency(request.getDosageInstruction()),
                Dates.date(request.getAuthoredOnElement()),
                Dates.date(validity.getEndElement()),
                References.display(request.getRequester()),
                References.literal(request.getRequester()),
                Texts.words(request.getReasonCode().stream()),
                Texts.value(request.getStatusElement()),
                Texts.value(request.getIntentElement()));
    }

    static MedicationRow row(MedicationStatement statement, MedicationLookup lookup) {
        var drug = Drug.of(statement, statement.getMedication(), lookup);
        var taken = Dates.Span.of(statement.getEffective());
        return new MedicationRow(
                Origins.of(statement, statement.getSubject()),
                STATEMENT,
                drug.name(),
                drug.code(),
                drug.reference(),
                Dosages.amount(statement.getDosage()),
                Dosages.frequency(statement.getDosage()),
                taken.from(),
                taken.until(),
                References.display(statement.getInformationSource()),
                References.literal(statement.getInformationSource()),
                Texts.words(statement.getReasonCode().stream()),
                Texts.value(statement.getStatusElement()),
                null);
    }

    static DomainResource resource(MedicationRow row) {
        return row.resourceType().equals(STATEMENT) ? statement(row) : request(row);
    }

    private static MedicationRequest request(MedicationRow row) {
        var request = Origins.stamp(new MedicationRequest(), row.origin());
        request.setSubject(References.patient(row.origin()));
        request.setMedication(medication(row, request));
        request.addDosageInstruction(Dosages.dosage(row.dosage(), row.frequency()));
        request.setAuthoredOnElement(Dates.dateTime(row.startDate()));
        if (row.endDate() != null) {
            request.getDispenseRequest().getValidityPeriod().setEndElement(Dates.dateTime(row.endDate()));
        }
        request.setRequester(References.reference(row.prescribedByReference(), row.prescribedBy()));
        Texts.concepts(row.purpose()).forEach(request::addReasonCode);
        Codes.set(request, "status", row.status());
        Codes.set(request, "intent", row.intent());
        return request;
    }

    private static MedicationStatement statement(MedicationRow row) {
        var statement = Origins.stamp(new MedicationStatement(), row.origin());
        statement.setSubject(References.patient(row.origin()));
        statement.setMedication(medication(row, statement));
        statement.addDosage(Dosages.dosage(row.dosage(), row.frequency()));
        statement.setEffective(new Dates.Span(row.startDate(), row.endDate()).element());
        statement.setInformationSource(References.reference(row.prescribedByReference(), row.prescribedBy()));
        Texts.concepts(row.purpose()).forEach(statement::addReasonCode);
        Codes.set(statement, "status", row.status());
        return statement;
    }

    private static @Nullable Type medication(MedicationRow row, DomainResource holder) {
        return new Drug(row.name(), row.code(), row.reference()).element(holder);
    }
}
