package org.holovitals.server.leaks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.holovitals.server.leaks.FhirHttp.Answer;

/** The reading routes of {@code /api}, from the server's own OpenAPI document, with another patient's ids. */
final class ApiProbes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OPENAPI = "/api/openapi.json";

    private final JsonNode paths;

    private ApiProbes(JsonNode paths) {
        this.paths = paths;
    }

    static ApiProbes of(FhirHttp http, String token) {
        Answer answer = http.send(token, new Probe("GET", OPENAPI, null, null, true));
        try {
            return new ApiProbes(
                    JSON.readTree(answer.isSuccess() ? answer.body() : "{}").path("paths"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The OpenAPI document cannot be read", e);
        }
    }

    Stream<Probe> all(Canary other) {
        return paths.properties().stream()
                .filter(path -> path.getValue().has("get"))
                .flatMap(path -> filled(path, other));
    }

    private static Stream<Probe> filled(Map.Entry<String, JsonNode> path, Canary other) {
        List<String> ids = List.of(other.patient(), UUID.randomUUID().toString());
        String query = StreamSupport.stream(
                        path.getValue().path("get").path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .filter(parameter ->
                        parameter.path("schema").path("type").asText("string").equals("string"))
                .map(parameter -> parameter.path("name").asText())
                .filter(name -> name.matches("patient|subject|user|resource"))
                .map(name -> name + "=" + (name.equals("resource") ? "Patient/" : "") + other.patient())
                .reduce((one, two) -> one + "&" + two)
                .map(all -> "?" + all)
                .orElse("");
        return ids.stream()
                .map(id -> path.getKey().replaceAll("\\{[^}]*}", id) + query)
                .distinct()
                .map(filled -> new Probe("GET", filled, null, null, true));
    }
}
