package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Patients with files, and what is stored of them. */
abstract class IntakeFixture extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPES = "patient/*.cruds";

    final JdbcClient jdbc;
    final ApplicationContext beans;

    IntakeFixture(ApplicationContext beans) {
        this.beans = beans;
        this.jdbc = asOwner(beans.getBean(Login.class));
    }

    /** A status and a body. */
    record Answer(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asText();
        }

        int count(String field, String of) {
            return body.path(field).path(of).asInt();
        }

        Map<String, Integer> counts(String field) {
            Map<String, Integer> counts = new TreeMap<>();
            body.path(field)
                    .properties()
                    .forEach(each -> counts.put(each.getKey(), each.getValue().asInt()));
            return counts;
        }

        String problem() {
            assertThat(body.path("type").asText()).startsWith("urn:holovitals:problem:");
            return body.path("type").asText().substring("urn:holovitals:problem:".length());
        }
    }

    /** A new Patient of this name, born on a day. */
    final String patient(String family, String birth) {
        String id = "in-" + UUID.randomUUID().toString().substring(0, 18);
        store("Patient/" + id, """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s","given":["Ada"]}],"gender":"female",\
                "birthDate":"%s"}""".formatted(id, family, birth));
        return id;
    }

    final void store(String reference, String json) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base() + "/" + reference))
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(json)));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    final Answer bring(String patient, String file) {
        return bring(patient, file.getBytes(UTF_8));
    }

    final Answer bring(String patient, byte[] file) {
        return as(patient, SCOPES, "POST", "/api/imports?name=records", file);
    }

    final Answer post(String patient, String path) {
        return as(patient, SCOPES, "POST", path, new byte[0]);
    }

    final Answer post(String patient, String path, String json) {
        return as(patient, SCOPES, "POST", path, json.getBytes(UTF_8));
    }

    final Answer read(String patient, String path) {
        return as(patient, SCOPES, "GET", path, new byte[0]);
    }

    final Answer as(String patient, String scopes, String method, String path, byte[] body) {
        return as(TestIssuer.patient(patient, scopes), method, path, body);
    }

    final Answer as(String token, String method, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base().replace("/fhir", "") + path))
                .method(method, BodyPublishers.ofByteArray(body));
        if (path.contains("/commit") && body.length > 0) {
            request.header("Content-Type", "application/json");
        } else if (body.length > 0) {
            request.header("Content-Type", "application/octet-stream");
        }
        HttpResponse<String> answer = sendAs(token, request);
        try {
            return new Answer(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }

    /** Goes on until all is done. */
    final Answer whole(String patient, String path) {
        Answer answer = post(patient, path);
        while (answer.status() == 202) {
            answer = post(patient, path);
        }
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer;
    }

    /** What each entry of an import is, and why. */
    final List<String> findings(String patient, String id) {
        List<String> findings = new ArrayList<>();
        read(patient, "/api/imports/" + id + "/entries?count=500")
                .body()
                .path("entries")
                .forEach(entry -> findings.add(entry.path("type").asText() + " "
                        + entry.path("finding").asText()
                        + (entry.path("reason").isTextual()
                                ? ": " + entry.path("reason").asText()
                                : "")));
        return findings;
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String bundle(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    static String entry(String url, String resource) {
        return "{\"fullUrl\":\"" + url + "\",\"resource\":" + resource + "}";
    }

    static String person(String family, String birth) {
        return """
                {"resourceType":"Patient","id":"p","name":[{"family":"%s","given":["Ada"]}],"gender":"female",\
                "birthDate":"%s"}""".formatted(family, birth);
    }

    static String weight(String id, String when, String value) {
        return """
                {"resourceType":"Observation","id":"%s","status":"final","subject":{"reference":"Patient/p"},\
                "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",\
                "code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}],\
                "text":"Weight"},"effectiveDateTime":"%s","valueQuantity":{"value":%s,"unit":"kg",\
                "system":"http://unitsofmeasure.org","code":"kg"}}""".formatted(id, when, value);
    }

    static String condition(String id, String code, String more) {
        return """
                {"resourceType":"Condition","id":"%s","subject":{"reference":"Patient/p"},\
                "code":{"coding":[{"system":"urn:test","code":"%s"}],"text":"%s"}%s}""".formatted(id, code, code, more);
    }
}
