package org.holovitals.server.leaks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.leaks.FhirHttp.Answer;

/** The status and the files of a bulk export of the patients' records, which are for the service that started it. */
final class ExportProbes implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ACCEPTED = 202;
    private static final int MOST_QUESTIONS = 300;
    private static final long PAUSE_MILLIS = 200;

    private final FhirHttp http;
    private final String token;
    private final List<Probe> probes = new ArrayList<>();

    private ExportProbes(FhirHttp http, String token) {
        this.http = http;
        this.token = token;
    }

    /** None where the server offers no export, or not to this service. */
    static ExportProbes of(FhirHttp http, String token, List<String> patients) {
        ExportProbes made = new ExportProbes(http, token);
        Answer started = http.sendAsync(
                token,
                Probe.get("Patient/$export?_type=Patient,Observation&patient=Patient/"
                        + String.join(",Patient/", patients)));
        if (started.status() == ACCEPTED && !started.location().isEmpty()) {
            Probe status = Probe.get(below(started.location()));
            made.probes.add(status);
            made.files(made.ended(status));
        }
        return made;
    }

    /** To be sent as whoever did not start it. */
    List<Probe> all() {
        return probes;
    }

    private Answer ended(Probe status) {
        Answer answer = http.send(token, status);
        for (int i = 0; answer.status() == ACCEPTED && i < MOST_QUESTIONS; i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            answer = http.send(token, status);
        }
        return answer;
    }

    private void files(Answer manifest) {
        if (manifest.status() == ACCEPTED || !manifest.isSuccess()) {
            throw new IllegalStateException("The export of the patients' records did not end: " + manifest.status());
        }
        try {
            for (JsonNode file : JSON.readTree(manifest.body()).path("output")) {
                probes.add(Probe.get(below(file.path("url").asText())));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The manifest of an export cannot be read", e);
        }
    }

    /** An address below the FHIR base, which a proxy may call otherwise than the plan does. */
    private static String below(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    /** Removes the files. */
    @Override
    public void close() {
        if (!probes.isEmpty()) {
            http.send(token, new Probe("DELETE", probes.get(0).path(), null, null, false));
        }
    }
}
