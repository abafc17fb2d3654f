package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.migrations.Login;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.passages.IndexedTexts;
import org.holovitals.server.vault.KeyCare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Records of which the key of one was destroyed, by every route that serves what is sealed. */
final class ShreddedRecordTest extends DocumentFixture {
    private static final Pattern PROBLEM = Pattern.compile("urn:holovitals:problem:([a-z-]+)");

    private final ApplicationContext context;
    private final KeyCare care;

    @Autowired
    ShreddedRecordTest(ApplicationContext context, KeyCare care, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
        this.care = care;
    }

    /** What other tests have left to be read is not ours. */
    @BeforeEach
    void anEmptyQueue() {
        owner.sql("update holovitals.documents set status = 'complete', claimed_until = null where status <> 'failed'")
                .update();
    }

    /** A record with something behind each route, the names of which stand for what is in the place of the ids. */
    private final class Filled {
        final PatientApp app;
        final Map<String, String> reads = new LinkedHashMap<>();
        final Map<String, String> writes = new LinkedHashMap<>();

        Filled(String animal) {
            app = new PatientApp(ShreddedRecordTest.this, person(), animal);
            readAndIndex();
            app.turn();
            readAndIndex();
            String item = json(call(app.token(), "GET", "/api/review"), 200)
                    .at("/items/0/id")
                    .asText();
            String waiting = app.waits(animal + "pox");
            String conversation = app.asks();
            String question =
                    "{'type': 'trend_analysis', 'priority': 'high', 'question': 'How did my %s change?', 'patient': '%s'}"
                            .formatted(animal, app.patient());
            String analysis = made(post(app.token(), "/api/analyses", question));
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
            reads.forEach((name, path) -> answers.put(name, answer(download(app.token(), path))));
            answers.put("search", answer(post(app.token(), "/api/documents/search", "{'q': 'hospital'}")));
            return answers;
        }
    }

    private String person() {
        return made(
                post(TestIssuer.system(), "/fhir/Patient", "{'resourceType': 'Patient', " + PatientApp.PERSON + "}"));
    }

    private static String made(HttpResponse<String> answer) {
        return json(answer, 201).path("id").asText();
    }

    private void readAndIndex() {
        readTexts(context);
        IndexedTexts.index(context);
    }

    /** Without what is new in each answer to a search. */
    private static String answer(HttpResponse<?> answer) {
        String body = answer.body() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : String.valueOf(answer.body());
        return answer.statusCode() + " " + body.replaceFirst("(?<=^\\{\"resourceType\":\"Bundle\",)\"id\".*?},", "");
    }

    /** The status, and the type of the problem where there is one. */
    private static String outcome(String answer) {
        Matcher problem = PROBLEM.matcher(answer);
        return answer.substring(0, 3) + (problem.find() ? " " + problem.group(1) : "");
    }

    @Test
    void nothingOfTheOneIsReadOrAddedAndEverythingOfTheOtherIsAsItWas() {
        Filled ann = new Filled("Quagga");
        Filled bob = new Filled("Tapir");
        assertThat(ann.answers().values()).allMatch(answer -> outcome(answer).equals("200"));
        Map<String, String> bobs = bob.answers();
        assertThat(bobs.values().stream().filter(answer -> answer.contains("Tapir")))
                .hasSizeGreaterThan(7);
        String late = made(upload(ann.app.token(), utf8("not read yet " + UUID.randomUUID()), "late.txt", ""));

        assertThat(care.shred(ann.app.patient())).isTrue();
        readAndIndex();

        Map<String, String> anns = ann.answers();
        assertThat(anns.values()).noneMatch(answer -> answer.contains("Quagga"));
        Map<String, List<String>> outcomes = new TreeMap<>();
        anns.forEach((name, answer) -> outcomes.computeIfAbsent(outcome(answer), key -> new ArrayList<>())
                .add(name));
        assertThat(outcomes)
                .isEqualTo(Map.of(
                        "200",
                        List.of(
                                "documents",
                                "document",
                                "events",
                                "DocumentReference",
                                "DocumentReferences",
                                "conversations",
                                "conversation",
                                "analyses",
                                "analysis"),
                        "410",
                        List.of("Binary", "inline Binary"),
                        "410 document-unreadable",
                        List.of("content", "note", "text", "values", "crop", "search"),
                        "410 sealed-unreadable",
                        List.of("review", "item", "imports", "import", "entries")));
        assertThat(json(call(ann.app.token(), "GET", "/api/documents/" + late), 200)
                        .path("failure")
                        .asText())
                .isEqualTo("unreadable");
        assertThat(ann.writes.entrySet().stream()
                        .map(each -> post(ann.app.token(), each.getKey(), each.getValue()))
                        .map(answer -> outcome(answer(answer))))
                .containsExactly(
                        "410 sealed-unreadable",
                        "409 conflict",
                        "410 sealed-unreadable",
                        "409 conflict",
                        "409 conflict",
                        "409",
                        "409");
        assertThat(problem(upload(ann.app.token(), utf8("one more"), "more.txt", "")))
                .isEqualTo("conflict 409");
        assertThat(bob.answers()).isEqualTo(bobs);
    }
}
