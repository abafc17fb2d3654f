package org.holovitals.server.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.holovitals.server.TestFiles;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;

/** {@code $import} of files from elsewhere. */
final class ImportOperationTest extends BulkFixture {
    private final String importer = service(key, "system/*.cruds");

    private static String input(String type, String url) {
        return "{\"name\":\"input\",\"part\":[{\"name\":\"type\",\"valueCode\":\"" + type
                + "\"},{\"name\":\"url\",\"valueUri\":\"" + url + "\"}]}";
    }

    private static String manifest(String inputs) {
        return "{\"name\":\"inputFormat\",\"valueCode\":\"application/fhir+ndjson\"},"
                + "{\"name\":\"inputSource\",\"valueUri\":\"http://example.org/records\"},"
                + "{\"name\":\"storageDetail\",\"part\":[{\"name\":\"type\",\"valueCode\":\"https\"}]}," + inputs;
    }

    @Test
    void whatWasExportedIsImported() {
        patient(key + "-p");
        observation(key + "-o", key + "-p", "1234-5", "");
        JsonNode exported =
                manifest(importer, kickOff(importer, "/Patient/" + key + "-p/$export?_type=Patient,Observation"));
        StringBuilder inputs = new StringBuilder();
        for (JsonNode file : exported.get("output")) {
            String type = file.get("type").asText();
            String url = TestFiles.put(
                    "/" + key + "/" + type,
                    ask(importer, URI.create(file.get("url").asText())).body());
            inputs.append(inputs.isEmpty() ? "" : ",").append(input(type, url));
        }
        delete("/Observation/" + key + "-o");
        delete("/Patient/" + key + "-p");
        assertThat(get("/Observation/" + key + "-o").statusCode()).isEqualTo(410);

        HttpResponse<String> started = kickOffByPost(importer, "/$import", manifest(inputs.toString()));
        assertThat(job(started).getPath()).endsWith("/$import-poll-status");
        JsonNode done = manifest(importer, started);

        assertThat(done.get("error")).isEmpty();
        assertThat(lines(importer, done.get("output")))
                .hasSize(2)
                .allMatch(line -> line.at("/issue/0/diagnostics").asText().endsWith(": imported"));
        assertThat(get("/Patient/" + key + "-p").statusCode()).isEqualTo(200);
        assertThat(json(get("/Observation/" + key + "-o").body())
                        .at("/subject/reference")
                        .asText())
                .isEqualTo("Patient/" + key + "-p");
    }

    @Test
    void whatIsNotTakenInIsTold() {
        String url = TestFiles.put("/" + key + "/bad", """
                {"resourceType":"Patient","id":"%1$s-good","birthDate":"1970-01-01"}
                {"resourceType":"Patient","id":"%1$s-bad","birthDate":"someday"}
                """.formatted(key));
        JsonNode done = manifest(importer, kickOffByPost(importer, "/$import", manifest(input("Patient", url))));
        assertThat(lines(importer, done.get("error"))).singleElement().satisfies(line -> assertThat(
                        line.at("/issue/0/diagnostics").asText())
                .startsWith(url + ", line 2: ")
                .doesNotContain("someday"));
        assertThat(get("/Patient/" + key + "-good").statusCode()).isEqualTo(200);
    }

    @Test
    void aFileThatIsNotHandedOutFailsTheImport() {
        for (String path : new String[] {"/redirect/" + key, "/none/" + key}) {
            URI job = job(kickOffByPost(importer, "/$import", manifest(input("Patient", TestFiles.origin() + path))));
            HttpResponse<String> failed = ended(importer, job);
            assertThat(failed.statusCode()).as(failed.body()).isEqualTo(500);
            assertThat(failed.body()).contains("OperationOutcome", "cannot be fetched: its server answers");
        }
    }

    @Test
    void whatItMayNotFetchOrCannotDoIsRefused() {
        String allowed = TestFiles.origin() + "/x";
        Map<String, String> refused = Map.of(
                manifest(input("Patient", "http://127.0.0.1:1/x")),
                "fetches files from",
                manifest(input("Patient", "file:///etc/passwd")),
                "fetches files from",
                manifest(input("Patient", TestFiles.origin().replace("//", "//user@") + "/x")),
                "fetches files from",
                manifest(input("Patient", TestFiles.origin().replace("127.0.0.1", "127.0.0.1.example.org"))),
                "fetches files from",
                manifest(input("Shoe", allowed)),
                "is a resource type",
                "{\"name\":\"inputFormat\",\"valueCode\":\"text/csv\"}",
                "inputFormat may be",
                "{\"name\":\"inputSource\",\"valueUri\":\"x\"}",
                "names between one and",
                "{\"name\":\"maxBatchResourceCount\",\"valuePositiveInt\":5}",
                "is not supported");
        refused.forEach((parameters, text) -> {
            HttpResponse<String> answer = kickOffByPost(importer, "/$import", parameters);
            assertThat(answer.statusCode()).as(parameters + answer.body()).isEqualTo(400);
            assertThat(answer.body()).as(parameters).contains("OperationOutcome", text);
        });
        for (String token : new String[] {
            service(key, "system/*.rs"),
            service(key, "system/Patient.cruds"),
            TestIssuer.user("clinician", "user/*.cruds")
        }) {
            assertThat(kickOffByPost(token, "/$import", manifest(input("Patient", allowed)))
                            .statusCode())
                    .isEqualTo(403);
        }
        HttpResponse<String> synchronous = sendAs(
                importer,
                HttpRequest.newBuilder(URI.create(base() + "/$import"))
                        .header("Content-Type", "application/fhir+json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Parameters\",\"parameter\":["
                                + manifest(input("Patient", allowed)) + "]}")));
        assertThat(synchronous.statusCode()).isEqualTo(400);
    }
}
