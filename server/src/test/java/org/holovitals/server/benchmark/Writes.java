package org.holovitals.server.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.benchmark.Loaded.LoadedPatient;

/** Creates and updates single Observations. */
final class Writes {
    private static final String PATH = "/fhir/Observation";
    private static final String WEIGHT = """
            {"resourceType": "Observation", %s"status": "final",
             "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
               "code": "vital-signs", "display": "Vital signs"}]}],
             "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7", "display": "Body Weight"}],
               "text": "Body Weight"},
             "subject": {"reference": "Patient/%s"},
             "effectiveDateTime": "2026-01-02T03:04:05Z", "issued": "2026-01-02T03:04:05.678Z",
             "valueQuantity": {"value": %d.5, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}}
            """;

    private Writes() {}

    /** Another one each time. */
    static Work creates(List<LoadedPatient> patients) {
        return (client, turn) -> {
            LoadedPatient patient = patients.get((int) (turn % patients.size()));
            client.write(Role.SERVICE, "POST", PATH, weight("", patient, turn));
            return 1;
        };
    }

    /** Each client changes an Observation of its own, so that no two are at the same one. */
    static Work updates(Subject subject, List<LoadedPatient> patients, int clients) throws IOException {
        LoadedPatient patient = patients.get(0);
        List<String> ids = new ArrayList<>();
        try (Client client = subject.client(0)) {
            for (int i = 0; i < clients; i++) {
                Wire.Answer made = client.write(Role.SERVICE, "POST", PATH, weight("", patient, i));
                String[] location = made.header("location").split("/", -1);
                ids.add(location[location.length - 3]);
            }
        }
        // A number that no update before had: an update without a change writes nothing.
        long first = System.nanoTime() / 1000 % 1_000_000_000;
        return (client, turn) -> {
            String id = ids.get(client.number());
            byte[] body = weight("\"id\": \"" + id + "\", ", patient, first + turn);
            client.write(Role.SERVICE, "PUT", PATH + "/" + id, body);
            return 1;
        };
    }

    private static byte[] weight(String id, LoadedPatient patient, long value) {
        return WEIGHT.formatted(id, patient.id(), value).getBytes(StandardCharsets.UTF_8);
    }
}
