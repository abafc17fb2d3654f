package org.holovitals.server.benchmark;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.server.benchmark.Loaded.LoadedPatient;

/** The eight searches of US Core that clinicians' and patients' apps send most, by patient, pages of 50. */
final class Searches {
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category%%7C";

    /** Names and what stands behind {@code /fhir/}; {@code %s} is the patient's id. */
    static final Map<String, String> SHAPES = shapes();

    private Searches() {}

    private static Map<String, String> shapes() {
        Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put("Observation vital signs", "Observation?patient=%s&category=" + CATEGORY + "vital-signs");
        shapes.put("Observation laboratory", "Observation?patient=%s&category=" + CATEGORY + "laboratory");
        shapes.put("Observation by code", "Observation?patient=%s&code=http://loinc.org%%7C29463-7");
        shapes.put(
                "Condition active",
                "Condition?patient=%s&clinical-status=http://terminology.hl7.org/CodeSystem/condition-clinical%%7Cactive");
        shapes.put("MedicationRequest active", "MedicationRequest?patient=%s&intent=order&status=active");
        shapes.put("AllergyIntolerance", "AllergyIntolerance?patient=%s");
        shapes.put("Immunization", "Immunization?patient=%s");
        shapes.put("Procedure", "Procedure?patient=%s");
        shapes.replaceAll((name, shape) -> "/fhir/" + shape + "&_count=50");
        return shapes;
    }

    /** Sends one shape of search, for one patient after the other. */
    static Work work(String shape, List<LoadedPatient> patients) {
        return (client, turn) -> Client.entries(client.get(Role.CLINICIAN, path(shape, patient(patients, turn))));
    }

    /** Sends all shapes in turn. */
    static Work mixed(Role role, List<LoadedPatient> patients) {
        List<String> shapes = List.copyOf(SHAPES.values());
        return (client, turn) -> {
            String shape = shapes.get((int) (turn % shapes.size()));
            return Client.entries(client.get(role, path(shape, patient(patients, turn / shapes.size()))));
        };
    }

    /** How many entries a server finds for each of the patients. */
    static List<Long> found(Subject subject, String shape, List<LoadedPatient> patients) throws IOException {
        try (Client client = subject.client(0)) {
            Work work = work(shape, patients);
            Long[] found = new Long[patients.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = work.once(client, i);
            }
            return List.of(found);
        }
    }

    private static LoadedPatient patient(List<LoadedPatient> patients, long turn) {
        return patients.get((int) (turn % patients.size()));
    }

    private static String path(String shape, LoadedPatient patient) {
        return shape.formatted(patient.id());
    }
}
