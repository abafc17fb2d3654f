package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.texts.TestPages;

/** A patient's app: it brings files, reads them, decides, asks and imports, and takes no answer that is not as it has to be. */
final class PatientApp {
    private final DocumentFixture server;
    private final String patient;
    private final String animal;
    private final String token;
    private final String report;
    private final Map<String, String> brought = new LinkedHashMap<>();
    private int requests;

    /** @param animal a word that stands in whatever it brings */
    PatientApp(DocumentFixture server, String patient, String animal) {
        this.server = server;
        this.patient = patient;
        this.animal = animal;
        this.token = DocumentFixture.patientsToken(patient, DocumentFixture.ALL);
        byte[] pdf = TestPages.pdf(List.of(
                "Laboratory report of " + animal + " hospital " + UUID.randomUUID(),
                "Potassium 3.4 mmol/L L 3.5 - 5.1",
                "Sodium 140 mmol/L 135 - 145",
                "Glucose 98 mg/dL 70 - 99",
                "HbA1c 72 % H 4.0 - 5.6"));
        this.report =
                id(DocumentFixture.json(server.upload(token, pdf, "report.pdf", "?documentDate=2026-03-04"), 201));
    }

    String patient() {
        return patient;
    }

    String token() {
        return token;
    }

    String report() {
        return report;
    }

    /** How many requests it has sent, each of which was answered as it has to be. */
    int requests() {
        return requests;
    }

    private static String id(JsonNode made) {
        return made.path("id").asText();
    }

    private JsonNode get(String path) {
        requests++;
        return DocumentFixture.json(server.call(token, "GET", path), 200);
    }

    private JsonNode post(String path, String json, int status) {
        requests++;
        return DocumentFixture.json(server.post(token, path, json), status);
    }

    private String download(String path) {
        requests++;
        var answer = server.download(token, path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** One of everything that an app does. */
    void turn() {
        note();
        inFhir();
        assertThat(get("/api/documents/" + report + "/text").toString()).contains(animal);
        decides();
        String path = "/api/imports/" + waits("gout");
        assertThat(post(path + "/commit", "", 200)
                        .path("entries")
                        .path("written")
                        .asInt())
                .isEqualTo(1);
        assertThat(post("/api/documents/search", "{'q': '" + animal + " hospital'}", 200)
                        .path("hits")
                        .path(0)
                        .path("text")
                        .asText())
                .contains(animal);
        asks();
    }

    /** A file of its own, and what was said of it. */
    private void note() {
        String text = animal + " note " + UUID.randomUUID();
        requests++;
        String note = id(DocumentFixture.json(server.upload(token, DocumentFixture.utf8(text), "note.txt", ""), 201));
        brought.put("/api/documents/" + note + "/content", text);
        assertThat(download("/api/documents/" + note + "/content")).isEqualTo(text);
    }

    /** One inside of a DocumentReference. */
    private void inFhir() {
        String text = animal + " letter " + UUID.randomUUID();
        JsonNode written = post("/fhir/DocumentReference", reference(patient, text), 201);
        String binary = "/fhir/"
                + get("/fhir/DocumentReference/" + id(written))
                        .at("/content/0/attachment/url")
                        .asText();
        brought.put(binary, text);
        assertThat(download(binary)).isEqualTo(text);
    }

    static String reference(String patient, String text) {
        return """
                {'resourceType': 'DocumentReference', 'status': 'current', 'subject': {'reference': 'Patient/%s'},
                 'content': [{'attachment': {'contentType': 'text/plain', 'data': '%s'}}]}
                """.formatted(patient, Base64.getEncoder().encodeToString(DocumentFixture.utf8(text)));
    }

    private void decides() {
        JsonNode item = get("/api/review?count=1").path("items").path(0);
        if (!item.isMissingNode()) {
            String path = "/api/review/" + id(item);
            assertThat(get(path)).isEqualTo(item);
            assertThat(download(path + "/crop")).contains("PNG");
            post(path + "/reject", "{'reason': 'the paper is of a " + animal + "'}", 200);
        }
    }

    /** The id of an import that may be committed. */
    String waits(String illness) {
        JsonNode preview = post("/api/imports?name=" + animal, bundle(illness), 201);
        assertThat(preview.path("status").asText()).isEqualTo("preview");
        return id(preview);
    }

    static String bundle(String illness) {
        return """
                {'resourceType': 'Bundle', 'type': 'collection', 'entry': [
                 {'resource': {'resourceType': 'Patient', 'id': 'p', %s}},
                 {'resource': {'resourceType': 'Condition', 'subject': {'reference': 'Patient/p'},
                  'code': {'text': '%s %s'}}}]}
                """.formatted(PERSON, illness, UUID.randomUUID());
    }

    /** Of whom imports are. */
    static final String PERSON =
            "'name': [{'family': 'Key', 'given': ['Ada']}], 'gender': 'female', 'birthDate': '1970-01-02'";

    /** The id of a conversation in which it was answered. */
    String asks() {
        String conversation = id(post("/api/conversations", "{}", 201));
        String path = "/api/conversations/" + conversation;
        String question = "Am I allergic to " + animal + " dander?";
        post(path + "/messages", "{'text': '" + question + "'}", 200);
        assertThat(get(path).toString()).contains(question);
        return conversation;
    }

    /** Whatever it has brought is there as it was. */
    void findsEverything() {
        brought.forEach((path, text) -> assertThat(download(path)).isEqualTo(text));
        assertThat(get("/api/documents/" + report + "/values").toString()).contains("Potassium");
        get("/api/documents?count=100").path("items").forEach(document -> assertThat(
                        get("/api/documents/" + id(document) + "/text").toString())
                .contains(animal));
    }

    /** Where its files are read. */
    List<String> files() {
        return List.copyOf(brought.keySet());
    }
}
