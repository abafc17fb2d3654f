package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;

/** {@code Prefer: return=} says what a write is answered with (http://hl7.org/fhir/R4/http.html#ops). */
final class PreferTest extends ServerTest {
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"gender\":\"%s\"}";

    private final String id = "p" + UUID.randomUUID().toString().substring(0, 18);

    @Test
    void theBodyOfAnAnswerToAWriteIsTheOneThatWasAskedFor() throws IOException {
        Map<String, String> answers = new TreeMap<>();
        for (String wish : new String[] {"", "minimal", "representation", "OperationOutcome"}) {
            String of = wish.isEmpty() ? "nothing" : wish;
            answers.put("create " + of, type(write("POST", "/Patient", wish, PATIENT.formatted("x", "male"))));
            answers.put("create by PUT " + of, type(write("PUT", "/Patient/" + id + of, wish, patient(of, "male"))));
            answers.put("update " + of, type(write("PUT", "/Patient/" + id + of, wish, patient(of, "female"))));
            answers.put("unchanged " + of, type(write("PUT", "/Patient/" + id + of, wish, patient(of, "female"))));
            answers.put("patch " + of, type(write("PATCH", "/Patient/" + id + of, wish, """
                    [{"op":"replace","path":"/gender","value":"other"}]""")));
            answers.put("transaction " + of, type(write("POST", "", wish, bundle("transaction", of + "-t"))));
            answers.put("batch " + of, type(write("POST", "", wish, bundle("batch", of + "-b"))));
        }
        Map<String, String> expected = new TreeMap<>();
        for (String interaction : new String[] {"create", "create by PUT", "update", "unchanged", "patch"}) {
            expected.put(interaction + " nothing", "Patient");
            expected.put(interaction + " minimal", "");
            expected.put(interaction + " representation", "Patient");
            expected.put(interaction + " OperationOutcome", "OperationOutcome");
        }
        for (String bundle : new String[] {"transaction", "batch"}) {
            expected.put(bundle + " nothing", "Bundle OperationOutcome");
            expected.put(bundle + " minimal", "Bundle");
            expected.put(bundle + " representation", "Bundle Patient");
            expected.put(bundle + " OperationOutcome", "Bundle OperationOutcome");
        }
        assertThat(answers).isEqualTo(expected);
    }

    private String patient(String suffix, String gender) {
        return PATIENT.formatted(id + suffix, gender);
    }

    private String bundle(String type, String suffix) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[{\"resource\":"
                + patient(suffix, "male") + ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient/" + id + suffix
                + "\"}}]}";
    }

    private HttpResponse<String> write(String method, String path, String wish, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .header(
                        "Content-Type",
                        method.equals("PATCH") ? "application/json-patch+json" : "application/fhir+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = send(wish.isEmpty() ? request : request.header("Prefer", "return=" + wish));
        assertThat(answer.statusCode()).as(method + path + answer.body()).isBetween(200, 201);
        return answer;
    }

    /** What is in the body: nothing, a resource of a type, a bundle with something in the place of its first entry. */
    private static String type(HttpResponse<String> answer) throws IOException {
        if (answer.body().isBlank()) {
            return "";
        }
        JsonNode body = new ObjectMapper().readTree(answer.body());
        JsonNode entry = body.at("/entry/0");
        String inside = entry.has("resource")
                ? " " + entry.at("/resource/resourceType").asText()
                : entry.at("/response").has("outcome") ? " OperationOutcome" : "";
        return body.path("resourceType").asText() + inside;
    }
}
