package org.holovitals.server.access;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Two records that point at each other in every way that confers nothing: each resource of patient B holds the marker,
 * and some of them name patient A where R4's compartment does not look.
 */
final class TwoPatients {
    /** Stands in every resource of patient B. */
    final String marker = "Zebra" + UUID.randomUUID().toString().replace("-", "");

    final Map<String, String> idsOfA = new LinkedHashMap<>();
    final Map<String, String> idsOfB = new LinkedHashMap<>();
    final String a;
    final String b;
    final String organization;
    final String medication;

    private final IGenericClient client;

    TwoPatients(IGenericClient client) {
        this.client = client;
        this.organization = id(client, new Organization().setName("Shared Clinic"));
        this.medication = id(client, new Medication().setCode(new CodeableConcept().setText("Aspirin")));
        this.a = id(client, patient("Able", "mrn-a-" + marker.toLowerCase(java.util.Locale.ROOT)));
        this.b = id(client, patient(marker, "mrn-b-" + marker));
        idsOfA.put("Patient", a);
        idsOfB.put("Patient", b);
        Patient linked = client.read().resource(Patient.class).withId(b).execute();
        linked.addLink().setOther(new Reference("Patient/" + a)).setType(Patient.LinkType.SEEALSO);
        client.update().resource(linked).execute();
        fill(a, "Plain", idsOfA);
        fill(b, marker, idsOfB);
        crossLink();
    }

    private void fill(String patient, String text, Map<String, String> ids) {
        Reference subject = new Reference("Patient/" + patient);
        Encounter encounter = new Encounter()
                .setStatus(Encounter.EncounterStatus.FINISHED)
                .setClass_(new Coding().setCode("AMB").setDisplay(text))
                .setSubject(subject)
                .setServiceProvider(new Reference("Organization/" + organization));
        encounter.addType().setText(text);
        ids.put("Encounter", id(client, encounter));
        ids.put(
                "Observation",
                id(
                        client,
                        observation(subject, text, "vital-signs")
                                .setEncounter(new Reference("Encounter/" + ids.get("Encounter")))));
        ids.put(
                "Condition",
                id(client, new Condition().setSubject(subject).setCode(new CodeableConcept().setText(text))));
        MedicationRequest request = new MedicationRequest()
                .setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE)
                .setIntent(MedicationRequest.MedicationRequestIntent.ORDER)
                .setSubject(subject)
                .setMedication(new Reference("Medication/" + medication));
        request.addNote().setText(text);
        ids.put("MedicationRequest", id(client, request));
        Appointment appointment = new Appointment()
                .setStatus(Appointment.AppointmentStatus.BOOKED)
                .setDescription(text);
        appointment.addParticipant().setActor(subject).setStatus(Appointment.ParticipationStatus.ACCEPTED);
        ids.put("Appointment", id(client, appointment));
    }

    static Observation observation(Reference subject, String text, String category) {
        Observation observation = new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setSubject(subject)
                .setCode(new CodeableConcept().setText(text).addCoding(new Coding("urn:code", "c-" + category, text)));
        observation.addCategory(new CodeableConcept()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/observation-category", category, null)));
        return observation;
    }

    /** B's resources that name A without being A's, and the other way round. */
    private void crossLink() {
        Observation focus = observation(new Reference("Patient/" + b), marker, "laboratory");
        focus.addFocus(new Reference("Patient/" + a));
        focus.addDerivedFrom(new Reference("Observation/" + idsOfA.get("Observation")));
        idsOfB.put("Observation ", id(client, focus));
        Observation mine = observation(new Reference("Patient/" + a), "Plain", "laboratory");
        mine.addDerivedFrom(new Reference("Observation/" + idsOfB.get("Observation")));
        mine.addHasMember(new Reference("Observation/" + idsOfB.get("Observation")));
        idsOfA.put("Observation ", id(client, mine));
        Provenance provenance = new Provenance().setRecordedElement(new InstantType("2026-01-02T03:04:05Z"));
        provenance.addTarget(new Reference("Patient/" + b));
        provenance.addAgent().setWho(new Reference().setDisplay(marker));
        idsOfB.put("Provenance", id(client, provenance));
        idsOfB.put(
                "Questionnaire",
                id(
                        client,
                        new Questionnaire()
                                .setStatus(org.hl7.fhir.r4.model.Enumerations.PublicationStatus.ACTIVE)
                                .setTitle(marker)));
        Condition elsewhere = new Condition()
                .setSubject(new Reference("http://elsewhere.example/fhir/Patient/" + a))
                .setCode(new CodeableConcept().setText(marker));
        idsOfB.put("Condition ", id(client, elsewhere));
        Condition deleted = new Condition()
                .setSubject(new Reference("Patient/" + b))
                .setCode(new CodeableConcept().setText(marker));
        String gone = id(client, deleted);
        client.delete().resourceById("Condition", gone).execute();
        idsOfB.put("Condition  ", gone);
    }

    private Patient patient(String family, String mrn) {
        Patient patient = new Patient().setGender(AdministrativeGender.FEMALE);
        patient.addName().setFamily(family);
        patient.addIdentifier().setSystem("urn:mrn").setValue(mrn);
        patient.setManagingOrganization(new Reference("Organization/" + organization));
        return patient;
    }

    private static String id(IGenericClient client, Resource resource) {
        return client.create().resource(resource).execute().getId().getIdPart();
    }
}
