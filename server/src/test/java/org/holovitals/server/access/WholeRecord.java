package org.holovitals.server.access;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Media;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.holovitals.server.access.Consents.Part;

/** A record with something of each part, and what is of none. */
final class WholeRecord {
    /** By the part that opens them; the Patient is opened by any. */
    final Map<String, Part> parts = new LinkedHashMap<>();

    final String patient;
    final String vital;
    final String result;
    final String encounter;
    final String report;

    private final IGenericClient client;

    WholeRecord(IGenericClient client) {
        this.client = client;
        patient = id(new Patient().setActive(true));
        Reference subject = new Reference("Patient/" + patient);
        encounter = add(
                Part.ALL_PHI,
                new Encounter()
                        .setStatus(Encounter.EncounterStatus.FINISHED)
                        .setClass_(new Coding().setCode("AMB"))
                        .setSubject(subject));
        Reference visit = new Reference("Encounter/" + encounter);
        vital = add(Part.VITAL_SIGNS, observation(subject, "vital-signs").setEncounter(visit));
        result = add(
                Part.TEST_RESULTS,
                observation(subject, "laboratory")
                        .setEncounter(visit)
                        .addDerivedFrom(new Reference("Observation/" + vital)));
        report = add(
                Part.TEST_RESULTS,
                new DiagnosticReport()
                        .setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL)
                        .setCode(new CodeableConcept().setText("Panel"))
                        .setSubject(subject)
                        .addResult(new Reference("Observation/" + vital))
                        .addResult(new Reference("Observation/" + result)));
        clinical(subject);
        documents(subject);
    }

    private void clinical(Reference subject) {
        add(
                Part.MEDICATIONS,
                new MedicationRequest()
                        .setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE)
                        .setIntent(MedicationRequest.MedicationRequestIntent.ORDER)
                        .setSubject(subject)
                        .setMedication(new CodeableConcept().setText("Aspirin")));
        add(Part.ALLERGIES, new AllergyIntolerance().setPatient(subject));
        add(Part.CONDITIONS, new Condition().setSubject(subject));
        add(
                Part.PROCEDURES,
                new Procedure().setStatus(Procedure.ProcedureStatus.COMPLETED).setSubject(subject));
        add(
                Part.IMMUNIZATIONS,
                new Immunization()
                        .setStatus(Immunization.ImmunizationStatus.COMPLETED)
                        .setVaccineCode(new CodeableConcept().setText("Flu"))
                        .setOccurrence(new StringType("once"))
                        .setPatient(subject));
        add(
                Part.FAMILY_HISTORY,
                new FamilyMemberHistory()
                        .setStatus(FamilyMemberHistory.FamilyHistoryStatus.COMPLETED)
                        .setRelationship(new CodeableConcept().setText("Father"))
                        .setPatient(subject));
        add(
                Part.ALL_PHI,
                new CarePlan()
                        .setStatus(CarePlan.CarePlanStatus.ACTIVE)
                        .setIntent(CarePlan.CarePlanIntent.PLAN)
                        .setSubject(subject));
    }

    private void documents(Reference subject) {
        add(
                Part.IMAGING,
                new Media()
                        .setStatus(Media.MediaStatus.COMPLETED)
                        .setContent(new org.hl7.fhir.r4.model.Attachment().setTitle("Scan"))
                        .setSubject(subject));
        add(Part.DOCUMENTS, document(subject));
        add(
                Part.CLINICAL_NOTES,
                document(subject).addCategory(new CodeableConcept().addCoding(new Coding().setCode("clinical-note"))));
    }

    static Observation observation(Reference subject, String category) {
        return TwoPatients.observation(subject, "measured", category)
                .setCode(new CodeableConcept().addCoding(new Coding("urn:code", "c-" + category, null)));
    }

    static DocumentReference document(Reference subject) {
        DocumentReference document = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setSubject(subject);
        document.addContent().getAttachment().setContentType("text/plain").setTitle("Letter");
        return document;
    }

    private String add(Part part, Resource resource) {
        String id = id(resource);
        parts.put(resource.fhirType() + "/" + id, part);
        return id;
    }

    private String id(Resource resource) {
        return client.create().resource(resource).execute().getId().getIdPart();
    }
}
