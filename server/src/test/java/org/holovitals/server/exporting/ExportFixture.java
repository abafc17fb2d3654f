package org.holovitals.server.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.holovitals.server.ServerTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two patients' records, with ids that no other test has, and what an export made of them. */
abstract class ExportFixture extends ServerTest {
    /** Reads decimals digit by digit: 7.00 is not 7.0. */
    static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    final Exporter exporter;
    private final String own = "e" + UUID.randomUUID().toString().substring(0, 18);
    private Path parent = Path.of("");

    ExportFixture(Exporter exporter) {
        this.exporter = exporter;
    }

    @BeforeEach
    void twoRecords(@TempDir Path made) {
        parent = made;
        put("Organization", "org", "\"name\":\"General\"");
        put("Practitioner", "doctor", "\"name\":[{\"family\":\"Who\"}]");
        put("Practitioner", "stranger", "\"name\":[{\"family\":\"Nobody\"}]");
        put("Patient", "a", "\"managingOrganization\":" + reference("Organization", "org"));
        put("Patient", "b", "\"link\":[{\"type\":\"seealso\",\"other\":" + reference("Patient", "a") + "}]");
        put("Device", "pump", "\"status\":\"active\"");
        put("Observation", "ob", """
                "status":"final","code":{"text":"x"},"subject":%s,"focus":[%s],"performer":[%s]""".formatted(
                        reference("Patient", "b"), reference("Patient", "a"), reference("Practitioner", "stranger")));
        put("Observation", "oa", """
                "meta":{"profile":["http://example.org/p"],"tag":[{"system":"urn:t","code":"x"}],"source":"urn:lab"},
                "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">7 &lt; 8\\nü</div>"},
                "status":"final","code":{"text":"line\\nbreak \\"quoted\\" \\u00e9 😀"},"subject":%s,"performer":[%s],
                "device":%s,"derivedFrom":[%s],"valueQuantity":{"value":7.00,"unit":"%%"},"referenceRange":[{"low":{"value":0.00001}}],
                "extension":[{"url":"http://example.org/e","valueDecimal":120.0}]""".formatted(
                        reference("Patient", "a"),
                        reference("Practitioner", "doctor"),
                        reference("Device", "pump"),
                        reference("Observation", "ob")));
        put("Appointment", "both", """
                "status":"booked","participant":[{"actor":%s,"status":"accepted"},{"actor":%s,"status":"accepted"}]""".formatted(reference("Patient", "a"), reference("Patient", "b")));
        put("Condition", "gone", "\"subject\":" + reference("Patient", "a"));
        send(HttpRequest.newBuilder(URI.create(base() + "/Condition/" + id("gone")))
                .DELETE());
    }

    /** The id of this test's resource with a short name. */
    final String id(String name) {
        return own + "-" + name;
    }

    final Path folder(String name) {
        return parent.resolve(name);
    }

    private String reference(String type, String name) {
        return "{\"reference\":\"" + type + "/" + id(name) + "\"}";
    }

    /** Stores a resource; gives the answer's body. */
    final String put(String type, String name, String content) {
        String resource = "{\"resourceType\":\"" + type + "\",\"id\":\"" + id(name) + "\"," + content + "}";
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base() + "/" + type + "/" + id(name)))
                .header("Content-Type", "application/fhir+json")
                .PUT(HttpRequest.BodyPublishers.ofString(resource)));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return answer.body();
    }

    final ExportReport export(String name, Set<String> types, Set<String> patients) throws IOException {
        return export(name, types, patients, null, false);
    }

    final ExportReport export(
            String name, Set<String> types, Set<String> patients, @Nullable Instant since, boolean gzip)
            throws IOException {
        return exporter.export(new ExportRequest(folder(name), types, patients, since, gzip));
    }

    /** This test's resources in an export; each line parses as FHIR. */
    final Map<String, JsonNode> exported(String name) throws IOException {
        Map<String, JsonNode> found = new TreeMap<>();
        for (String line : lines(name)) {
            JsonNode resource = EXACT.readTree(line);
            if (resource.get("id").asText().startsWith(own)) {
                assertThat(FhirContext.forR4Cached()
                                .newJsonParser()
                                .parseResource(line)
                                .getIdElement()
                                .getIdPart())
                        .isEqualTo(resource.get("id").asText());
                String key = resource.get("resourceType").asText() + "/"
                        + resource.get("id").asText();
                assertThat(found.put(key, resource)).as(key).isNull();
            }
        }
        return found;
    }

    final List<String> lines(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder(name))) {
            return files.filter(file -> !file.endsWith("manifest.json"))
                    .flatMap(file -> lines(file).stream())
                    .toList();
        }
    }

    static List<String> lines(Path file) {
        try (InputStream content = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(content) : content,
                        StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
