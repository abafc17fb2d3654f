package org.holovitals.server.passages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.DocumentFixture;
import org.holovitals.server.documents.DocumentTexts;
import org.holovitals.server.passages.IndexQueue.Claim;
import org.holovitals.server.texts.TestPages;
import org.holovitals.server.vault.KeyCare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The search in documents, from the upload to whoever asks. */
final class SearchTest extends DocumentFixture {
    private final ApplicationContext context;
    private final Indexing indexing;
    private final IndexQueue queue;
    private final KeyCare care;
    private final SaidConsents consents;

    @Autowired
    SearchTest(ApplicationContext context, KeyCare care, SaidConsents consents, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
        this.indexing = context.getBean(Indexing.class);
        this.queue = new IndexQueue(context.getBean(JdbcClient.class));
        this.care = care;
        this.consents = consents;
    }

    /** What other tests have left to be read and indexed is not ours. */
    @BeforeEach
    void anEmptyQueue() {
        owner.sql("update holovitals.documents set status = 'failed', failure = 'broken', claimed_until = null")
                .update();
    }

    private String brought(String name, byte[] file) {
        String id = json(upload(token, file, name, ""), 201).path("id").asText();
        readTexts(context);
        return id;
    }

    private String brought(String name) {
        return brought(name, utf8(TestDocuments.text(name)));
    }

    private static String wanted(String question, String patient) {
        return JSON.createObjectNode()
                .put("q", question)
                .put("patient", patient)
                .toString();
    }

    private HttpResponse<String> search(String who, String body) {
        return post(who, "/api/documents/search", body);
    }

    private JsonNode hits(String who, String question) {
        return json(search(who, wanted(question, patient)), 200).path("hits");
    }

    private List<Map<String, Object>> rows(String id) {
        return owner.sql("select * from holovitals.document_embeddings where document_id = ? order by chunk_index")
                .param(UUID.fromString(id))
                .query()
                .listOfRows();
    }

    private String state(String id) {
        return owner.sql("select status || ' ' || attempts from holovitals.document_indexing where id = ?")
                .param(UUID.fromString(id))
                .query(String.class)
                .optional()
                .orElse("none");
    }

    @Test
    void aPassageIsFoundByWhatItMeansWithItsPageAndIsSealed() {
        String id = brought(
                "letter.pdf",
                TestPages.pdf(
                        List.of("Zebra Hospital, letter of 2026-03-16", "Echocardiography: mild mitral regurgitation."),
                        List.of(
                                "He asked about air travel:",
                                "flights of up to four hours are allowed from April on.")));
        brought("dermatology.txt");
        assertThat(hits(token, "May I take a plane?").size())
                .as("before it is indexed")
                .isZero();
        IndexedTexts.all(indexing);

        JsonNode best = hits(token, "May I take a plane?").path(0);
        assertThat(List.of(
                        best.path("document").asText(),
                        best.path("name").asText(),
                        best.path("page").asInt(),
                        best.path("words").asDouble(),
                        best.path("text").asText()))
                .isEqualTo(List.of(
                        id,
                        "letter.pdf",
                        2,
                        0.0,
                        "He asked about air travel:\nflights of up to four hours are allowed from April on."));
        assertThat(best.path("meaning").asDouble()).isBetween(0.55, 1.0);
        assertThat(hits(token, "mitral").path(0).path("words").asDouble()).isPositive();

        List<Map<String, Object>> rows = rows(id);
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row).containsEntry("dimension", 384).containsEntry("model", "bge-small-en-v1.5-q");
            assertThat((byte[]) row.get("embedding")).hasSize(384 * Float.BYTES + 45);
            assertThat(row.toString()).doesNotContain("travel", "mitral", "Zebra");
        });
        assertThat(String.valueOf(rows.get(0).get("runtime"))).startsWith("onnxruntime 1.");
    }

    @Test
    void theSearchShowsWhatTheDocumentShowsToWhomItDoesAndLeavesItsRow() {
        brought("cardiology-letter.txt");
        IndexedTexts.all(indexing);
        String question = "How much alcohol, " + UUID.randomUUID();
        String subject = UUID.randomUUID().toString();
        assertThat(problem(search(clinician(subject), wanted(question, patient))))
                .isEqualTo("not-found 404");
        consents.grant(subject, patient, EnumSet.of(Part.TEST_RESULTS), Action.READ);
        assertThat(problem(search(clinician(subject), wanted(question, patient))))
                .isEqualTo("forbidden 403");
        consents.grant(subject, patient, EnumSet.of(Part.DOCUMENTS, Part.CLINICAL_NOTES), Action.READ);
        assertThat(hits(clinician(subject), question).size()).isPositive();
        consents.end(subject);
        assertThat(problem(search(clinician(subject), wanted(question, patient))))
                .isEqualTo("not-found 404");

        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        String others = patientsToken(other, ALL);
        assertThat(problem(search(others, wanted(question, patient)))).isEqualTo("not-found 404");
        assertThat(json(search(others, "{\"q\":\"alcohol\"}"), 200).path("hits").size())
                .isZero();
        assertThat(problem(search(patientsToken(patient, "patient/Observation.rs"), wanted(question, patient))))
                .isEqualTo("forbidden 403");
        for (String body :
                List.of("{}", "{\"q\":\" \"}", "{\"q\":\"a\",\"count\":51}", "{\"q\":\"" + "a".repeat(1001) + "\"}")) {
            assertThat(problem(search(token, body))).isEqualTo("invalid-request 400");
        }

        assertThat(owner.sql("""
                                select outcome from holovitals.audit_logs where action = 'search-document-texts'
                                and patients @> array[?]::text[] order by seq
                                """).param(patient).query(String.class).list())
                .hasSizeGreaterThanOrEqualTo(5)
                .contains("success");
        assertThat(owner.sql("select count(*) from holovitals.audit_logs a where a::text like '%' || ? || '%'")
                        .param(question)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void passagesEndWithTheirDocumentAndWithTheKeyOfThePatient() {
        String first = brought("colonoscopy.txt");
        String second = brought("eye-clinic.txt");
        IndexedTexts.all(indexing);
        assertThat(rows(first)).isNotEmpty();
        assertThat(call(token, "DELETE", "/api/documents/" + first).statusCode())
                .isEqualTo(204);
        assertThat(rows(first)).isEmpty();
        assertThat(state(first)).isEqualTo("none");
        assertThat(hits(token, "polyps").findValuesAsText("document")).containsOnly(second);

        String late = brought("sleep-study.txt");
        care.shred(patient);
        assertThat(problem(search(token, wanted("glaucoma", patient)))).isEqualTo("document-unreadable 410");
        IndexedTexts.all(indexing);
        assertThat(state(late)).isEqualTo("failed 1");
        assertThat(rows(late)).isEmpty();
    }

    @Test
    void aWorkerThatWasKilledIsFollowedByAnotherAndKeepsNothing() {
        String id = brought("hearing-test.txt");
        UUID document = UUID.fromString(id);
        Instant now = Instant.now();
        Claim dead = queue.claim("a", 3, now, now.plusSeconds(60)).orElseThrow();
        assertThat(dead).isEqualTo(new Claim(document, "a", 1));
        assertThat(queue.claim("a", 3, now, now.plusSeconds(60))).isEmpty();
        assertThat(queue.claim("b", 3, now, now.plusSeconds(60)))
                .as("it is claimed, whatever for")
                .isEmpty();

        Claim next =
                queue.claim("a", 3, now.plusSeconds(61), now.plusSeconds(62)).orElseThrow();
        assertThat(next).isEqualTo(new Claim(document, "a", 2));
        assertThat(queue.done(dead, now)).as("the claim is over").isFalse();
        assertThat(queue.fail(dead, now)).isFalse();
        Claim last =
                queue.claim("a", 3, now.plusSeconds(70), now.plusSeconds(71)).orElseThrow();
        assertThat(last.attempt()).isEqualTo(3);
        assertThat(queue.giveUp(3, now.plusSeconds(80))).isEqualTo(1);
        assertThat(state(id)).isEqualTo("failed 3");
        assertThat(queue.claim("a", 3, now.plusSeconds(90), now)).isEmpty();

        Claim other = queue.claim("b", 3, now, now.plusSeconds(60)).orElseThrow();
        assertThat(other.attempt()).as("another model begins anew").isEqualTo(1);
        assertThat(queue.done(other, now)).isTrue();
        assertThat(queue.claim("b", 3, now.plusSeconds(90), now)).isEmpty();
    }

    @Test
    void aDocumentWaitsSinceItsTextWasReadAndAgainWhenItIsReadOnceMore() {
        String id = brought("knee-mri.txt");
        UUID document = UUID.fromString(id);
        assertThat(state(id)).isEqualTo("waiting 0");
        Instant now = Instant.now();
        Claim former = queue.claim("a", 3, now, now.plusSeconds(60)).orElseThrow();
        queue.read(document, UUID.randomUUID(), List.of(), now);
        assertThat(state(id)).isEqualTo("waiting 0");
        assertThat(queue.done(former, now)).as("it was of the former text").isFalse();
        assertThat(queue.claim("a", 3, now, now.plusSeconds(60))).hasValue(new Claim(document, "a", 1));
    }

    @Test
    void withAnotherModelAllIsMadeAnewAndVectorsAreNeverMixed() {
        String id = brought("knee-mri.txt");
        Passages rows = context.getBean(Passages.class);
        DocumentTexts documents = context.getBean(DocumentTexts.class);
        Indexing former = new Indexing(
                queue,
                documents,
                new Chunker(() -> context.getBean(Wordpiece.class)),
                new Former(),
                new Indexing.Keeping(
                        rows,
                        context.getBean(Indexing.Keeping.class).sealing(),
                        context.getBean(Indexing.Keeping.class).transactions(),
                        new Ids(),
                        Clock.systemUTC()));
        IndexedTexts.all(former);
        List<Map<String, Object>> before = rows(id);
        assertThat(before).isNotEmpty().allSatisfy(row -> assertThat(row).containsEntry("model", "former"));
        JsonNode found = hits(token, "Which ligaments are intact?").path(0);
        assertThat(found.path("text").asText()).contains("ligaments are intact");
        assertThat(found.path("meaning").isNull())
                .as("a vector of another model")
                .isTrue();

        IndexedTexts.all(indexing);
        assertThat(rows(id)).hasSameSizeAs(before).allSatisfy(row -> assertThat(row)
                .containsEntry("model", "bge-small-en-v1.5-q"));
        assertThat(hits(token, "Which ligaments are intact?")
                        .path(0)
                        .path("meaning")
                        .isNumber())
                .isTrue();
        assertThat(indexing.next()).as("nothing is left to do").isFalse();
    }

    /** A model of before. */
    private static final class Former implements Embedder {
        @Override
        public Space space() {
            return new Space("former", "00".repeat(32), "test");
        }

        @Override
        public Optional<float[]> passage(String text) {
            return Optional.of(new float[] {1, 0});
        }

        @Override
        public Optional<float[]> query(String text) {
            return passage(text);
        }
    }
}
