package org.holovitals.server.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;

/** Starts jobs and asks after them as a client does. */
abstract class BulkFixture extends ServerTest {
    static final ObjectMapper JSON = new ObjectMapper();

    /** In the ids of this test's resources only. */
    final String key = "x" + UUID.randomUUID().toString().substring(0, 12);

    static String service(String client, String scopes) {
        return TestIssuer.token(
                claims -> claims.claim("scope", scopes).claim("azp", client).subject(client));
    }

    /** May take out everything. */
    final String owner() {
        return service(key, "system/*.rs");
    }

    final void put(String type, String id, String content) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base() + "/" + type + "/" + id))
                .header("Content-Type", "application/fhir+json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"" + content + "}")));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    final void patient(String id) {
        put("Patient", id, ",\"birthDate\":\"1970-01-01\",\"name\":[{\"family\":\"Canary\"}]");
    }

    final void observation(String id, String patient, String code, String more) {
        put(
                "Observation",
                id,
                ",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" + code
                        + "\"}]},\"subject\":{\"reference\":\"Patient/" + patient + "\"}" + more);
    }

    final HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(URI.create(base() + path)).DELETE());
    }

    final HttpResponse<String> kickOff(String token, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path.replace("|", "%7C")))
                .setHeader("Prefer", "respond-async")
                .setHeader("Accept", "application/fhir+json");
        if (headers.length > 0) {
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
        }
        return sendAs(token, request);
    }

    final HttpResponse<String> kickOffByPost(String token, String path, String parameters) {
        return sendAs(
                token,
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("Prefer", "respond-async")
                        .header("Content-Type", "application/fhir+json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}")));
    }

    static URI job(HttpResponse<String> started) {
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        return URI.create(started.headers().firstValue("Content-Location").orElseThrow());
    }

    static UUID id(URI job) {
        return UUID.fromString(job.getQuery().replace("_jobId=", ""));
    }

    static HttpResponse<String> ask(String token, URI job) {
        return sendAs(token, HttpRequest.newBuilder(job));
    }

    /** The manifest, when there is one. */
    static JsonNode manifest(String token, HttpResponse<String> started) {
        HttpResponse<String> answer = ended(token, job(started));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    static HttpResponse<String> ended(String token, URI job) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ask(token, job), answer -> answer.statusCode() != 202);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of all files of a part of the manifest, each file by the token. */
    static List<JsonNode> lines(String token, JsonNode items) {
        List<JsonNode> lines = new ArrayList<>();
        for (JsonNode item : items) {
            HttpResponse<String> file = ask(token, URI.create(item.get("url").asText()));
            assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("application/fhir+ndjson");
            List<JsonNode> of = file.body().lines().map(BulkFixture::json).toList();
            assertThat(of).hasSize(item.get("count").asInt());
            assertThat(of).allMatch(line -> line.get("resourceType")
                    .asText()
                    .equals(item.get("type").asText()));
            lines.addAll(of);
        }
        return lines;
    }

    /** This test's resources in the output, as type and the part of the id behind the key. */
    final Map<String, JsonNode> own(String token, JsonNode manifest) {
        Map<String, JsonNode> own = new TreeMap<>();
        for (JsonNode line : lines(token, manifest.get("output"))) {
            String id = line.get("id").asText();
            if (id.startsWith(key)) {
                String name = line.get("resourceType").asText() + id.substring(key.length());
                assertThat(own.put(name, line)).as(name).isNull();
            }
        }
        return own;
    }

    static Set<String> types(JsonNode items) {
        Set<String> types = new TreeSet<>();
        items.forEach(item -> types.add(item.get("type").asText()));
        return types;
    }
}
