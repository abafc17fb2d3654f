package org.holovitals.server.reading;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What generators of records do not write: several codings, dates of every precision and zone, several patients. */
final class OddRecord {
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

    private final IGenericClient client;
    private final String patient;

    OddRecord(IGenericClient client) {
        this.client = client;
        this.patient = store(new Patient().setActive(true));
        String other = store(new Patient().setActive(false));
        Reference subject = new Reference("Patient/" + patient);
        dates(subject);
        codes(subject);
        store(new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setCode(code("http://loinc.org", "8867-4"))
                .setSubject(subject)
                .addPerformer(new Reference("Patient/" + other)));
        store(new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setCode(code("http://loinc.org", "8867-4"))
                .setSubject(new Reference("Patient/" + other))
                .addFocus(subject)
                .addPerformer(subject));
        appointments(subject, other);
    }

    /** FHIR id. */
    String patient() {
        return patient;
    }

    private void dates(Reference subject) {
        for (String date : new String[] {
            "2020",
            "2020-02",
            "2020-02-29",
            "2020-02-29T23:30:00-05:00",
            "2020-03-01T00:00:00.123Z",
            "2019-12-31T23:59:59+14:00",
            "2021-01-01T00:00:00Z"
        }) {
            store(new Observation()
                    .setStatus(Observation.ObservationStatus.FINAL)
                    .setCode(code("http://loinc.org", "718-7"))
                    .addCategory(code(CATEGORY, "laboratory"))
                    .setEffective(new DateTimeType(date))
                    .setSubject(subject));
        }
        store(new Encounter()
                .setStatus(Encounter.EncounterStatus.FINISHED)
                .setSubject(subject)
                .setPeriod(new Period()
                        .setStartElement(new DateTimeType("2020-02-28"))
                        .setEndElement(new DateTimeType("2020-03-02T10:00:00Z"))));
        store(new Encounter()
                .setStatus(Encounter.EncounterStatus.INPROGRESS)
                .setSubject(subject)
                .setPeriod(new Period().setStartElement(new DateTimeType("2020-02"))));
        store(new Encounter()
                .setStatus(Encounter.EncounterStatus.UNKNOWN)
                .setSubject(subject)
                .setPeriod(new Period().setEndElement(new DateTimeType("2020"))));
    }

    private void codes(Reference subject) {
        store(new Observation()
                .setStatus(Observation.ObservationStatus.AMENDED)
                .setCode(code("http://loinc.org", "8867-4")
                        .addCoding(code("", "pulse").getCodingFirstRep()))
                .addCategory(code("http://example.org/kinds", "vital-signs"))
                .addCategory(code(CATEGORY, "survey"))
                .setSubject(subject));
        store(new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setCode(new CodeableConcept().setText("without a code, \"quoted\" \\ and / 💊"))
                .setSubject(subject));
        store(new Condition()
                .setClinicalStatus(code("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"))
                .setCode(code("http://snomed.info/sct", "38341003")
                        .addCoding(
                                code("http://hl7.org/fhir/sid/icd-10-cm", "I10").getCodingFirstRep()))
                .setSubject(subject));
        store(new AllergyIntolerance()
                .setCode(code("http://snomed.info/sct", "91936005|x"))
                .setPatient(subject));
    }

    private void appointments(Reference subject, String other) {
        Appointment both = new Appointment().setStatus(Appointment.AppointmentStatus.BOOKED);
        both.addParticipant().setActor(subject).setStatus(ParticipationStatus.ACCEPTED);
        both.addParticipant().setActor(new Reference("Patient/" + other)).setStatus(ParticipationStatus.ACCEPTED);
        both.addParticipant().setActor(subject).setStatus(ParticipationStatus.ACCEPTED);
        store(both);
    }

    private static CodeableConcept code(String system, String code) {
        CodeableConcept concept = new CodeableConcept();
        concept.addCoding().setCode(code).setSystem(system.isEmpty() ? null : system);
        return concept;
    }

    private String store(Resource resource) {
        return client.create().resource(resource).execute().getId().getIdPart();
    }
}
