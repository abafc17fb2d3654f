package org.holovitals.mappings;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** {@code patient_medications} and MedicationRequest or MedicationStatement. */
final class Medications {

    private final MedicationLookup lookup;

    Medications(MedicationLookup lookup) {
        this.lookup = lookup;
    }

    MedicationRow toRow(MedicationRequest request) {
        Concept code = code(request, request.getMedication());
        return new MedicationRow(
                Origins.of(request, request.getSubject()),
                "MedicationRequest",
                code.text(),
                code.code(),
                reference(request.getMedication()),
                Dosages.dose(request.getDosageInstruction()),
                Dosages.frequency(request.getDosageInstruction()),
                Dates.from(request.getAuthoredOnElement()),
                Dates.from(request.getDispenseRequest().getValidityPeriod().getEndElement()),
                Texts.of(request.getRequester().getDisplay()),
                Texts.reference(request.getRequester()),
                purpose(request.getReasonCode()),
                Texts.code(request.getStatusElement()),
                Texts.code(request.getIntentElement()));
    }

    MedicationRow toRow(MedicationStatement statement) {
        Concept code = code(statement, statement.getMedication());
        Span effective = Span.from(statement.getEffective());
        return new MedicationRow(
                Origins.of(statement, statement.getSubject()),
                "MedicationStatement",
                code.text(),
                code.code(),
                reference(statement.getMedication()),
                Dosages.dose(statement.getDosage()),
                Dosages.frequency(statement.getDosage()),
                effective.start(),
                effective.end(),
                Texts.of(statement.getInformationSource().getDisplay()),
                Texts.reference(statement.getInformationSource()),
                purpose(statement.getReasonCode()),
                Texts.code(statement.getStatusElement()),
                null);
    }

    private static @Nullable String reference(@Nullable Type medication) {
        return medication instanceof Reference reference ? Texts.reference(reference) : null;
    }

    private static @Nullable String purpose(List<CodeableConcept> reasons) {
        return reasons.isEmpty() ? null : Concept.readable(reasons.get(0));
    }

    private Concept code(DomainResource resource, @Nullable Type medication) {
        if (medication instanceof CodeableConcept concept) {
            return Concept.from(concept, Concept.RXNORM);
        }
        if (!(medication instanceof Reference reference)) {
            return new Concept(null, null);
        }
        @Nullable String literal = Texts.reference(reference);
        Medication found = literal == null ? null : find(resource, literal);
        Concept code = Concept.from(found == null ? null : found.getCode(), Concept.RXNORM);
        return code.text() == null ? new Concept(Texts.of(reference.getDisplay()), code.code()) : code;
    }

    private @Nullable Medication find(DomainResource resource, String reference) {
        if (!reference.startsWith("#")) {
            return lookup.find(reference);
        }
        for (Resource contained : resource.getContained()) {
            @Nullable String id = contained.getIdElement().getIdPart();
            if (contained instanceof Medication medication
                    && id != null
                    && reference.substring(1).equals(bare(id))) {
                return medication;
            }
        }
        return null;
    }

    private static String bare(String id) {
        return id.startsWith("#") ? id.substring(1) : id;
    }

    Resource toResource(MedicationRow row) {
        return row.resourceType().equals("MedicationRequest") ? request(row) : statement(row);
    }

    private static MedicationRequest request(MedicationRow row) {
        MedicationRequest request = new MedicationRequest();
        Origins.identify(request, row.origin());
        request.setSubject(Origins.patient(row.origin()));
        request.setMedication(medication(row, request));
        request.setDosageInstruction(Dosages.dosages(row.dosage(), row.frequency()));
        request.setAuthoredOnElement(Dates.dateTime(row.startDate()));
        if (row.endDate() != null) {
            request.getDispenseRequest()
                    .setValidityPeriod(Dates.period(null, row.endDate().text()));
        }
        request.setRequester(Texts.reference(row.prescribedByReference(), row.prescribedBy()));
        if (row.purpose() != null) {
            request.addReasonCode(Concept.ofText(row.purpose()));
        }
        request.getStatusElement().setValueAsString(row.status());
        request.getIntentElement().setValueAsString(row.intent());
        return request;
    }

    private static MedicationStatement statement(MedicationRow row) {
        MedicationStatement statement = new MedicationStatement();
        Origins.identify(statement, row.origin());
        statement.setSubject(Origins.patient(row.origin()));
        statement.setMedication(medication(row, statement));
        statement.setDosage(Dosages.dosages(row.dosage(), row.frequency()));
        statement.setEffective(new Span(row.startDate(), row.endDate()).toType());
        statement.setInformationSource(Texts.reference(row.prescribedByReference(), row.prescribedBy()));
        if (row.purpose() != null) {
            statement.addReasonCode(Concept.ofText(row.purpose()));
        }
        statement.getStatusElement().setValueAsString(row.status());
        return statement;
    }

    private static @Nullable Type medication(MedicationRow row, DomainResource target) {
        @Nullable CodeableConcept code = new Concept(row.name(), row.code()).toConcept();
        @Nullable String reference = row.medicationReference();
        if (reference == null) {
            return code;
        }
        if (reference.startsWith("#") && code != null) {
            Medication contained = new Medication().setCode(code);
            contained.setId(reference.substring(1));
            target.addContained(contained);
        }
        return Texts.reference(reference, row.name());
    }
}
