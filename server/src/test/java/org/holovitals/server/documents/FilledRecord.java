package org.holovitals.server.documents;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.passages.IndexedTexts;
import org.springframework.context.ApplicationContext;

/** A record with something behind each route that serves what is sealed, the names of which stand for what is in the place of the ids. */
final class FilledRecord {
    private final DocumentFixture server;
    final PatientApp app;
    final Map<String, String> reads = new LinkedHashMap<>();
    final Map<String, String> writes = new LinkedHashMap<>();

    FilledRecord(DocumentFixture server, ApplicationContext context, String animal) {
        this.server = server;
        app = new PatientApp(server, person(server), animal);
        readAndIndex(context);
        app.turn();
        readAndIndex(context);
        String item = DocumentFixture.json(server.call(app.token(), "GET", "/api/review"), 200)
                .at("/items/0/id")
                .asText();
        String waiting = app.waits(animal + "pox");
        String conversation = app.asks();
        String question =
                "{'type': 'trend_analysis', 'priority': 'high', 'question': 'How did my %s change?', 'patient': '%s'}"
                        .formatted(animal, app.patient());
        String analysis = made(server.post(app.token(), "/api/analyses", question));
        read(app.report(), item, waiting, conversation, analysis);
        write(item, waiting, conversation, question);
    }

    private void read(String document, String item, String waiting, String conversation, String analysis) {
        reads.put("documents", "/api/documents");
        reads.put("document", "/api/documents/" + document);
        reads.put("events", "/api/documents/" + document + "/events");
        reads.put("content", "/api/documents/" + document + "/content");
        reads.put("note", app.files().get(0));
        reads.put("text", "/api/documents/" + document + "/text?words=true");
        reads.put("values", "/api/documents/" + document + "/values");
        reads.put("DocumentReference", "/fhir/DocumentReference/" + document);
        reads.put("DocumentReferences", "/fhir/DocumentReference?patient=" + app.patient());
        reads.put("Binary", "/fhir/Binary/" + document);
        reads.put("inline Binary", app.files().get(1));
        reads.put("review", "/api/review?status=all");
        reads.put("item", "/api/review/" + item);
        reads.put("crop", "/api/review/" + item + "/crop");
        reads.put("imports", "/api/imports");
        reads.put("import", "/api/imports/" + waiting);
        reads.put("entries", "/api/imports/" + waiting + "/entries");
        reads.put("conversations", "/api/conversations");
        reads.put("conversation", "/api/conversations/" + conversation);
        reads.put("analyses", "/api/analyses");
        reads.put("analysis", "/api/analyses/" + analysis);
    }

    private void write(String item, String waiting, String conversation, String question) {
        writes.put("/api/review/" + item + "/confirm", "{}");
        writes.put("/api/imports", PatientApp.bundle("gout"));
        writes.put("/api/imports/" + waiting + "/commit", "");
        writes.put("/api/conversations/" + conversation + "/messages", "{'text': 'Am I well?'}");
        writes.put("/api/analyses", question);
        writes.put("/fhir/DocumentReference", PatientApp.reference(app.patient(), "one more"));
        writes.put("/fhir/Binary", "{'resourceType': 'Binary', 'contentType': 'text/plain', 'data': 'aGVsbG8='}");
    }

    /** What is answered to who only reads, byte for byte. */
    Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        reads.forEach((name, path) -> answers.put(name, answer(server.download(app.token(), path))));
        answers.put("search", answer(server.post(app.token(), "/api/documents/search", "{'q': 'hospital'}")));
        return answers;
    }

    /** The id of one who may be in imports. */
    static String person(DocumentFixture server) {
        return made(server.post(
                TestIssuer.system(), "/fhir/Patient", "{'resourceType': 'Patient', " + PatientApp.PERSON + "}"));
    }

    /** The id of what was made. */
    static String made(HttpResponse<String> answer) {
        return DocumentFixture.json(answer, 201).path("id").asText();
    }

    /** What the server's readers and indexers do. */
    static void readAndIndex(ApplicationContext context) {
        DocumentFixture.readTexts(context);
        IndexedTexts.index(context);
    }

    /** Without what is new in each answer to a search. */
    static String answer(HttpResponse<?> answer) {
        String body = answer.body() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : String.valueOf(answer.body());
        return answer.statusCode() + " " + body.replaceFirst("(?<=^\\{\"resourceType\":\"Bundle\",)\"id\".*?},", "");
    }
}
