package org.holovitals.server.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.holovitals.server.fhir.Refusals.refused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;

final class BadInputTest extends ServerTest {
    private static final String JSON = "application/fhir+json";

    @Test
    void brokenJsonIsRefusedWithItsPlace() {
        refused(postJson("/Patient", "{\"resourceType\":\"Patient\",\"name\":["), 400, "line: 1");
    }

    @Test
    void brokenXmlIsRefused() {
        refused(
                post("/Patient", "application/fhir+xml", "<Patient xmlns=\"http://hl7.org/fhir\"><na".getBytes(UTF_8)),
                400,
                "Failed to parse XML");
    }

    @Test
    void anUnknownElementIsNotDroppedInSilence() {
        refused(postJson("/Patient", "{\"resourceType\":\"Patient\",\"foo\":1}"), 400, "Unknown element 'foo'");
    }

    @Test
    void aValueWhereAnObjectIsExpectedIsNotDroppedInSilence() {
        refused(
                postJson("/Patient", "{\"resourceType\":\"Patient\",\"name\":[\"Ada\"]}"),
                400,
                "'name' has to be a JSON object");
        refused(postJson("/Patient", "{\"resourceType\":\"Patient\",\"maritalStatus\":\"M\"}"), 400, "maritalStatus");
    }

    @Test
    void anUnknownTypeIsNamed() {
        refused(postJson("/Patient", "{\"resourceType\":\"Nope\"}"), 400, "Nope");
        refused(get("/Nope/1"), 404, "Nope");
    }

    @Test
    void aNulCharacterIsRefusedWhereverItHides() {
        refused(
                postJson("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\\u0000\"}]}"),
                400,
                "NUL");
        refused(postJson("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\0\"}]}"), 400, "NUL");
        refused(get("/Patient?name=%00"), 400, "NUL");
    }

    @Test
    void anEscapedBackslashBeforeTheLettersOfANulIsFine() {
        assertThat(postJson("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\\\\u0000\"}]}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"resourceType\":\"Patient\",\"extension\":" + "[{\"url\":\"u\",\"extension\":".repeat(300)
                + "[]" + "}]".repeat(300) + "}";
        refused(postJson("/Patient", deep), 400, "deeper than");
    }

    @Test
    void aGzipBombIsRefusedOnItsInflatedSize() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] chunk = " ".repeat(1_000_000).getBytes(UTF_8);
            for (int i = 0; i < 70; i++) {
                gzip.write(chunk);
            }
        }
        assertThat(bomb.size()).isLessThan(100_000);
        refused(post("/Patient", JSON, bomb.toByteArray(), "Content-Encoding", "gzip"), 413, "inflated");
    }

    @Test
    void brokenGzipIsRefused() {
        refused(post("/Patient", JSON, "abc".getBytes(UTF_8), "Content-Encoding", "gzip"), 400, "gzip");
    }

    @Test
    void aReferenceToNothingIsRefused() {
        refused(
                postJson(
                        "/Observation",
                        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                                + "\"subject\":{\"reference\":\"Patient/none\"}}"),
                400,
                "Observation.subject");
    }

    @Test
    void anUnsupportedSearchParameterNamesTheSupportedOnes() {
        refused(get("/Patient?foo=bar"), 400, "birthdate");
    }

    @Test
    void tooManyOrValuesAreRefused() {
        refused(get("/Observation?code=" + "a,".repeat(150) + "a"), 400, "comma-separated");
    }

    @Test
    void anIdOf65CharactersIsRefusedAndOneOf64IsNot() {
        assertThat(put("a".repeat(64)).statusCode()).isIn(200, 201);
        refused(put("b".repeat(65)), 400, "not a valid FHIR ID");
    }

    @Test
    void anUnsupportedEncodingIsNamed() {
        refused(post("/Patient", JSON, "x".getBytes(UTF_8), "Content-Encoding", "br"), 415, "gzip");
    }

    private HttpResponse<String> put(String id) {
        return send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(base() + "/Patient/" + id))
                .header("Content-Type", JSON)
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}")));
    }

    private HttpResponse<String> postJson(String path, String body) {
        return post(path, JSON, body.getBytes(UTF_8));
    }
}
