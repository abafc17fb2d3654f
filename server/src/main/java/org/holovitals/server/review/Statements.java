package org.holovitals.server.review;

import java.time.LocalDate;
import java.util.UUID;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Medications and allergies of lists: the words of the line, and no code that nobody has said. */
final class Statements {
    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private Statements() {}

    /** What somebody is about to write, as far as it decides whether he may. */
    static MedicationStatement medication(String patient) {
        return new MedicationStatement()
                .setStatus(MedicationStatementStatus.UNKNOWN)
                .setSubject(new Reference("Patient/" + patient));
    }

    /** Whether somebody takes it now a list does not tell for long, so its status is unknown. */
    static MedicationStatement medication(
            String patient, UUID candidate, String text, @Nullable LocalDate date, Witness witness) {
        MedicationStatement statement = medication(patient);
        statement.getMeta().setSource("urn:uuid:" + candidate);
        statement.setMedication(new CodeableConcept().setText(text));
        statement.setInformationSource(witness.reference());
        if (date != null) {
            statement.setDateAssertedElement(new DateTimeType(date.toString()));
        }
        return statement;
    }

    /** What somebody is about to write, as far as it decides whether he may. */
    static AllergyIntolerance allergy(String patient) {
        return new AllergyIntolerance().setPatient(new Reference("Patient/" + patient));
    }

    /** One that a list has is taken for one that is there (FHIR wants to know), and as nobody's finding. */
    static AllergyIntolerance allergy(
            String patient, UUID candidate, String text, @Nullable LocalDate date, Witness witness) {
        AllergyIntolerance allergy = allergy(patient);
        allergy.getMeta().setSource("urn:uuid:" + candidate);
        allergy.setClinicalStatus(new CodeableConcept(new Coding(CLINICAL, "active", "Active")));
        allergy.setVerificationStatus(new CodeableConcept(new Coding(VERIFICATION, "unconfirmed", "Unconfirmed")));
        allergy.setCode(new CodeableConcept().setText(text));
        allergy.setRecorder(witness.reference());
        if (date != null) {
            allergy.setRecordedDateElement(new DateTimeType(date.toString()));
        }
        return allergy;
    }
}
