package org.holovitals.server.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.benchmark.Loaded.LoadedPatient;

/** Posts the population's bundles, as transactions. */
final class Loader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROOT = "/fhir";

    private Loader() {}

    /** What all patients refer to. */
    static void shared(Subject subject, List<byte[]> bundles) throws IOException {
        try (Client client = subject.client(0)) {
            for (byte[] bundle : bundles) {
                locations(client.write(Role.SERVICE, "POST", ROOT, bundle));
            }
        }
    }

    /** Posts the bundles by some clients at once, adds the patients to what is loaded and says what it took. */
    static Measurement patients(Subject subject, List<byte[]> bundles, int clients, Loaded loaded)
            throws IOException, InterruptedException {
        Wire.Answer[] answers = new Wire.Answer[bundles.size()];
        Meter meter = Meter.start(subject);
        ClosedLoop.Result result = ClosedLoop.times(subject, clients, bundles.size(), (client, turn) -> {
            answers[(int) turn] = client.write(Role.SERVICE, "POST", ROOT, bundles.get((int) turn));
            return 0;
        });
        Meter.Used used = meter.stop();
        List<LoadedPatient> patients = new ArrayList<>();
        for (Wire.Answer answer : answers) {
            patients.add(patient(locations(answer)));
        }
        loaded.addAll(patients);
        int resources =
                patients.stream().mapToInt(each -> each.resources().size()).sum();
        return new Measurement(
                "transaction bundles, " + clients + (clients == 1 ? " client" : " clients"),
                subject.name(),
                result.withUnits(resources),
                used,
                Optional.empty());
    }

    private static LoadedPatient patient(List<String> locations) {
        String patient = locations.stream()
                .filter(location -> location.startsWith("Patient/"))
                .findFirst()
                .orElseThrow();
        return new LoadedPatient(patient.substring("Patient/".length()), locations);
    }

    /** Type and id of each entry; each has to have been stored or to be there already. */
    private static List<String> locations(Wire.Answer answer) throws IOException {
        List<String> locations = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(answer.body()).path("entry")) {
            JsonNode response = entry.path("response");
            if (!response.path("status").asText().startsWith("20")) {
                throw new IOException("An entry was answered with " + response);
            }
            String[] parts = response.path("location").asText().split("/");
            int history = Arrays.asList(parts).indexOf("_history");
            int end = history < 0 ? parts.length : history;
            locations.add(parts[end - 2] + "/" + parts[end - 1]);
        }
        return locations;
    }
}
