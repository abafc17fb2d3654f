package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ModelStub;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.analyses.Sealing.Place;
import org.holovitals.server.analyses.TaskLeases.Worker;
import org.holovitals.server.context.Tokens;
import org.holovitals.server.users.PatientKeys;
import org.holovitals.server.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A document of 400,000 tokens, from the question to the result: read in parts, nothing lost, nothing over a window. */
final class LongDocumentTest extends AnalysisFixture {
    private static final Logger LOG = LoggerFactory.getLogger(LongDocumentTest.class);
    private static final ModelStub STUB = ModelStub.shared();
    private static final Pattern NOTE = Pattern.compile("Day \\d+ note \\d+:");
    private static final int PAGES = 276;
    private static final int LINES = 60;
    private static final int EACH = 6;
    private static final int WINDOW = 32_000;
    private static final Pattern FERRITIN = Pattern.compile("Ferritin measured (\\S+) ng/mL[^\\[]*(\\[\\d+])");
    private static final List<String> WORDS = List.of(
            "the patient",
            "was seen",
            "on the ward",
            "without complaints",
            "and",
            "slept well",
            "breathing freely",
            "abdomen soft",
            "no oedema",
            "pulses palpable",
            "wound dry",
            "drain removed",
            "mobilised with help");

    private final TaskLeases leases;
    private final TaskEnds ends;
    private final Wakeups wakeups;
    private final TaskWork work;
    private final Sealing sealing;
    private final Vault vault;
    private final PatientKeys keys;
    private final List<String> text = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private UUID document = UUID.randomUUID();

    @Autowired
    LongDocumentTest(
            JdbcClient jdbc,
            TaskLeases leases,
            TaskEnds ends,
            Wakeups wakeups,
            TaskWork work,
            Sealing sealing,
            Vault vault,
            PatientKeys keys) {
        super(jdbc);
        this.leases = leases;
        this.ends = ends;
        this.wakeups = wakeups;
        this.work = work;
        this.sealing = sealing;
        this.vault = vault;
        this.keys = keys;
    }

    private String writer() {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("sid", "session-" + patient)
                .claim("scope", "patient/*.cruds")
                .claim("patient", patient)
                .claim("fhirUser", "Patient/" + patient)
                .claim("realm_access", Map.of("roles", List.of("patient"))));
    }

    @BeforeEach
    void aDocument() {
        emptyQueue();
        ModelStub.price(jdbc, "stub-openai");
        STUB.next();
        record();
        document = brought("Notes of a long stay, " + patient);
    }

    private void read(int pages) {
        Random random = new Random(7);
        for (int page = 1; page <= pages; page++) {
            add(page, page(page, random));
        }
        jdbc.sql("update holovitals.documents set status = 'complete' where id = ?")
                .param(document)
                .update();
    }

    private UUID brought(String content) {
        HttpResponse<String> brought = sendAs(
                writer(),
                HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/api/documents")))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(content)));
        assertThat(brought.statusCode()).as(brought.body()).isEqualTo(201);
        return UUID.fromString(json(brought).get("id").asText());
    }

    private String page(int page, Random random) {
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            StringBuilder words = new StringBuilder("Day " + page + " note " + line + ":");
            for (int word = 0; word < 7; word++) {
                words.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
            }
            lines.add(words.toString());
        }
        if (page % EACH == 0) {
            String value = 100 + page + ".5";
            values.add(value);
            lines.set(random.nextInt(LINES), "Ferritin measured " + value + " ng/mL");
        }
        text.addAll(lines);
        return String.join("\n", lines);
    }

    /** As the reader of texts would have kept it. */
    private void add(int page, String content) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into holovitals.ocr_results (id, document_id, page, raw_text, method, processed_at)
                        values (?, ?, ?, ?, 'text_layer', now())
                        """)
                .params(
                        id,
                        document,
                        page,
                        vault.sealText(keys.record(patient).orElseThrow(), "ocr_results.raw_text:" + id, content))
                .update();
    }

    private void runAll() {
        Worker worker = new Worker("test-" + UUID.randomUUID(), Duration.ofMinutes(5), null);
        Workers workers =
                new Workers(leases, new Claims(leases, worker), work, ends, new Workers.Timing(worker, wakeups));
        boolean isDone = false;
        while (!isDone) {
            isDone = !workers.runOne();
        }
    }

    @Test
    void ofDocumentsOnlyThoseAreReadThatTheCallerSeesAndThatHaveAText() {
        read(1);
        String body = "{\"question\":\"How did my ferritin change?\",\"documents\":[\"%s\"]}";
        assertThat(send(own(), "/api/analyses/quote", body.formatted(document)).statusCode())
                .isEqualTo(200);
        String stranger =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        assertThat(send(TestIssuer.patient(stranger, "patient/*.rs"), "/api/analyses/quote", body.formatted(document))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(own(), "/api/analyses/quote", body.formatted(UUID.randomUUID()))
                        .statusCode())
                .isEqualTo(404);
        UUID unread = brought("Not read yet, " + patient);
        assertThat(send(own(), "/api/analyses/quote", body.formatted(unread)).statusCode())
                .isEqualTo(409);
    }

    @Test
    void isReadInPartsOfWhichNothingIsLostAndNoneIsOverTheWindow() {
        read(PAGES);
        long tokens = Tokens.count(String.join("\n", text));
        assertThat(tokens).isGreaterThan(400_000);
        UUID extracted = askedInAConversation();
        runAll();
        assertWhole(extracted, "extracts", 12_800);
        UUID generated = askedOfAModel();
        runAll();
        assertWhole(generated, "stub-openai", WINDOW * 8 / 10);
        assertThat(STUB.received()).hasSizeGreaterThan(15).allSatisfy(sent -> assertThat(Tokens.count(sent.body()))
                .isLessThan(WINDOW));
        assertThat(count("analysis_costs", generated)).isEqualTo(1);
        LOG.info(
                "{} tokens were read in {} parts by the finder, in {} by a model",
                tokens,
                parts(extracted),
                parts(generated));
    }

    /** By the finder; its end is told in the conversation. */
    private UUID askedInAConversation() {
        Asked asked = asked(own(), QUESTION);
        HttpResponse<String> accepted =
                send(own(), asked.escalation(), "{\"acceptedCost\":1,\"type\":\"document_analysis\"}");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        UUID task = UUID.fromString(json(accepted).at("/analysis/id").asText());
        runAll();
        JsonNode told =
                json(ask(own(), "/api/conversations/" + asked.conversation())).at("/messages/0");
        assertThat(told.get("type").asText()).isEqualTo("deep");
        assertThat(told.get("text").asText()).contains(values);
        return task;
    }

    private UUID askedOfAModel() {
        STUB.says(question -> FERRITIN.matcher(question)
                .results()
                .map(found -> "Ferritin was " + found.group(1) + " ng/mL " + found.group(2) + ".")
                .collect(Collectors.joining("\n", "", "\nThat is all.")));
        HttpResponse<String> chosen = sendAs(
                own(),
                HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/api/me/egress")))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"mode\":\"masked-text\"}")));
        assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(200);
        String body = "{\"question\":\"How did my ferritin change?\",\"type\":\"document_analysis\",\"documents\":[\""
                + document + "\"],\"model\":\"stub-openai\"}";
        HttpResponse<String> accepted = send(own(), "/api/analyses", body, "Idempotency-Key", "long");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        assertThat(json(accepted).get("parts").asInt()).isGreaterThan(15);
        return UUID.fromString(json(accepted).get("id").asText());
    }

    /** A part of the document as it was read. */
    private record Read(String content, long tokens) {}

    private int parts(UUID task) {
        return (int) count("prompt_splits", task);
    }

    private void assertWhole(UUID task, String model, int window) {
        JsonNode result = json(ask(own(), "/api/analyses/" + task + "/result"));
        assertThat(result.get("model").asText()).isEqualTo(model);
        List<String> found = new ArrayList<>();
        for (JsonNode statement : result.get("statements")) {
            assertThat(statement.get("verified").asBoolean())
                    .as(statement.toString())
                    .isTrue();
            values.stream()
                    .filter(value -> statement.get("text").asText().contains(value + " ng/mL"))
                    .forEach(value -> {
                        found.add(value);
                        int page = Integer.parseInt(value.substring(0, value.indexOf('.'))) - 100;
                        assertThat(statement.get("sources"))
                                .extracting(JsonNode::asText)
                                .containsExactly("DocumentReference/" + document + "/_history/1#page=" + page);
                    });
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(values);

        List<Read> parts = jdbc.sql(
                        "select id, content, tokens from holovitals.prompt_splits where task_id = ? order by ordinal")
                .param(task)
                .query((row, number) -> new Read(
                        sealing.open(
                                new Place("prompt_splits.content", row.getObject("id", UUID.class)),
                                row.getString("content")),
                        row.getLong("tokens")))
                .list();
        assertThat(parts).allSatisfy(part -> assertThat(part.tokens()).isBetween(1L, (long) window));
        String merged = parts.stream().map(Read::content).collect(Collectors.joining());
        Map<String, Integer> places = new HashMap<>();
        NOTE.matcher(merged).results().forEach(note -> places.putIfAbsent(note.group(), note.start()));
        assertThat(text.stream().filter(line -> !isIn(merged, places, line)).toList())
                .isEmpty();
    }

    /** Looked for at the place of its beginning first: to look through all of it for each line takes a minute. */
    private static boolean isIn(String merged, Map<String, Integer> places, String line) {
        Matcher note = NOTE.matcher(line);
        return (note.lookingAt() && merged.startsWith(line, places.getOrDefault(note.group(), 0)))
                || merged.contains(line);
    }
}
