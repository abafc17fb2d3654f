package org.holovitals.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Conversations over HTTP: what they answer, who may have them, and what is left of them. */
final class ChatTest extends ServerTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MARKER = "Zebrastatin 10 MG";

    private final SaidConsents consents;
    private final JdbcClient owner;
    private String patient = "";
    private String allergy = "";
    private String token = "";

    @Autowired
    ChatTest(SaidConsents consents, Login login) {
        this.consents = consents;
        this.owner = asOwner(login);
    }

    @BeforeEach
    void aPatientWithARecord() {
        patient = client().create().resource(new Patient()).execute().getId().getIdPart();
        Reference subject = new Reference("Patient/" + patient);
        allergy = client().create()
                .resource(new AllergyIntolerance()
                        .setPatient(subject)
                        .setClinicalStatus(new CodeableConcept()
                                .addCoding(new Coding(
                                        "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                                        "active",
                                        null)))
                        .setCode(new CodeableConcept().setText("Zebra dander")))
                .execute()
                .getId()
                .getIdPart();
        client().create()
                .resource(new MedicationRequest()
                        .setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE)
                        .setIntent(MedicationRequest.MedicationRequestIntent.ORDER)
                        .setSubject(subject)
                        .setMedication(new CodeableConcept().setText(MARKER)))
                .execute();
        token = TestIssuer.person(
                UUID.randomUUID().toString(), "patient", "Patient/" + patient, patient, "patient/*.rs");
    }

    private static String clinician(String subject) {
        return TestIssuer.person(subject, "clinician", "Practitioner/7", null, "user/*.rs");
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", "") + path))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(String who, String method, String path, @Nullable String body) {
        return sendAs(
                who,
                at(path).method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return parse(answer.body());
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String started(String who, @Nullable String about) {
        JsonNode started = json(
                send(who, "POST", "/api/conversations", about == null ? null : "{\"patient\": \"" + about + "\"}"),
                201);
        return started.path("id").asText();
    }

    private JsonNode ask(String who, String conversation, String text) {
        return json(asked(who, conversation, text), 200).path("answer");
    }

    private HttpResponse<String> asked(String who, String conversation, String text) {
        return send(who, "POST", "/api/conversations/" + conversation + "/messages", "{\"text\": \"" + text + "\"}");
    }

    @Test
    void aQuestionIsAnsweredWithItsCitationsAndKept() {
        String id = started(token, null);
        JsonNode answer = ask(token, id, "What am I allergic to?");
        assertThat(answer.path("text").asText()).isEqualTo("Zebra dander (active).");
        assertThat(answer.path("label").asText()).isEqualTo("Found in your record, not generated by AI");
        assertThat(answer.path("kind").asText()).isEqualTo("found");
        assertThat(answer.path("needsEscalation").asBoolean()).isFalse();
        assertThat(answer.path("confidence").decimalValue()).isEqualByComparingTo("0.95");
        assertThat(answer.path("citations").toString())
                .isEqualTo(("[{'sentence':0,'resource':'AllergyIntolerance/%s','version':1,"
                                + "'path':'AllergyIntolerance.code.text','value':'Zebra dander','verified':true},"
                                + "{'sentence':0,'resource':'AllergyIntolerance/%s','version':1,"
                                + "'path':'AllergyIntolerance.clinicalStatus.coding.code','value':'active','verified':true}]")
                        .formatted(allergy, allergy)
                        .replace('\'', '"'));

        JsonNode read = json(send(token, "GET", "/api/conversations/" + id, null), 200);
        assertThat(read.path("conversation").path("title").asText()).isEqualTo("What am I allergic to?");
        assertThat(read.path("conversation").path("patient").asText()).isEqualTo(patient);
        assertThat(read.path("messages").size()).isEqualTo(2);
        assertThat(read.path("messages").path(0)).isEqualTo(answer);
        assertThat(read.path("messages").path(1).path("text").asText()).isEqualTo("What am I allergic to?");
        assertThat(read.path("next").isNull()).isTrue();
    }

    @Test
    void nothingThatWasSaidStandsReadableInTheTables() {
        String id = started(token, null);
        ask(token, id, "What medication do I take, my " + MARKER + "?");
        List<String> rows = new ArrayList<>();
        for (String table : List.of(
                "chat_conversations c where c.id = :id::uuid",
                "chat_messages c where c.conversation_id = :id::uuid",
                "ai_interactions c where c.session_id = :id::uuid",
                "analysis_sessions c where c.id = :id::uuid")) {
            rows.addAll(owner.sql("select to_jsonb(c)::text from holovitals." + table)
                    .param("id", id)
                    .query(String.class)
                    .list());
        }
        assertThat(rows).hasSize(5).noneMatch(row -> row.contains("Zebra") || row.contains("medication"));
    }

    @Test
    void anAnswerCostsNothingAndTheRowSaysSo() {
        String id = started(token, null);
        ask(token, id, "What am I allergic to?");
        assertThat(owner.sql("""
                        select c.model || ' ' || c.input_tokens || ' ' || c.output_tokens || ' ' || (c.cost = 0) || ' '
                          || (p.provider = 'local') || ' ' || m.role
                        from holovitals.chatbot_costs c join holovitals.chat_messages m on m.id = c.message_id
                        join holovitals.model_prices p on p.id = c.price_id where m.conversation_id = ?::uuid
                        """).param(id).query(String.class).list())
                .containsExactly("record-finder 0 0 true true assistant");
    }

    @Test
    void eachQuestionIsOneAccessThatNamesTheFinderInTheLedger() {
        String subject = UUID.randomUUID().toString();
        consents.grant(subject, patient, EnumSet.of(Part.ALL_PHI), Action.READ);
        String id = started(clinician(subject), patient);
        long before = auditRows();
        ask(clinician(subject), id, "What am I allergic to?");
        assertThat(auditRows() - before).isOne();
        assertThat(owner.sql("""
                        select action || ' ' || outcome || ' ' || (details ->> 'model') || ' ' || (details -> 'cited')::text
                        from holovitals.audit_logs where patients @> array[?]::text[] and action = 'ask'
                        """).param(patient).query(String.class).list())
                .containsExactly("ask success Record Finder {\"AllergyIntolerance\": 1}");

        String ledger = TestIssuer.person(
                UUID.randomUUID().toString(), "patient", "Patient/" + patient, patient, "patient/*.rs");
        JsonNode entries = json(send(ledger, "GET", "/api/me/access-log?count=50", null), 200)
                .path("entries");
        assertThat(entries)
                .filteredOn(entry -> entry.path("what").path("action").asText().equals("ask"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("who").path("model").asText()).isEqualTo("Record Finder");
                    assertThat(entry.path("what").path("words").asText()).isEqualTo("asked a question of the record");
                });
    }

    private long auditRows() {
        return owner.sql("select count(*) from holovitals.audit_logs where patients @> array[?]::text[]")
                .param(patient)
                .query(Long.class)
                .single();
    }

    @Test
    void aConsentOpensItsPartsAndNoOthersAndIsLookedAtForEachMessage() {
        String subject = UUID.randomUUID().toString();
        String clinician = clinician(subject);
        assertThat(send(clinician, "POST", "/api/conversations", "{\"patient\": \"" + patient + "\"}")
                        .statusCode())
                .isEqualTo(404);
        consents.grant(subject, patient, EnumSet.of(Part.ALLERGIES), Action.READ);
        String id = started(clinician, patient);
        assertThat(ask(clinician, id, "What is the patient allergic to?")
                        .path("kind")
                        .asText())
                .isEqualTo("found");
        JsonNode closed = ask(clinician, id, "What medication does the patient take?");
        assertThat(closed.path("kind").asText()).isEqualTo("closed");
        assertThat(closed.path("text").asText())
                .isEqualTo(
                        "Your access does not open this part of the record (medications), so nothing is said about it.");
        assertThat(closed.path("citations")).isEmpty();

        consents.end(subject);
        assertThat(asked(clinician, id, "What is the patient allergic to?").statusCode())
                .isEqualTo(404);
        assertThat(send(clinician, "GET", "/api/conversations/" + id, null).statusCode())
                .isEqualTo(404);
        assertThat(json(send(clinician, "GET", "/api/conversations", null), 200).path("items"))
                .isEmpty();

        consents.grant(subject, patient, EnumSet.of(Part.CONDITIONS), Action.READ);
        JsonNode read = json(send(clinician, "GET", "/api/conversations/" + id, null), 200);
        assertThat(read.toString()).doesNotContain("dander");
        assertThat(read.path("messages"))
                .extracting(message -> message.path("withheld").asBoolean())
                .containsExactly(false, false, true, false);
    }

    @Test
    void aConversationIsItsUsersOwn() {
        String id = started(token, null);
        ask(token, id, "What am I allergic to?");
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        String stranger =
                TestIssuer.person(UUID.randomUUID().toString(), "patient", "Patient/" + other, other, "patient/*.rs");
        String proxy = UUID.randomUUID().toString();
        consents.grant(proxy, patient, EnumSet.of(Part.ALL_PHI), Action.READ);
        for (String who : List.of(stranger, clinician(proxy))) {
            assertThat(send(who, "GET", "/api/conversations/" + id, null).statusCode())
                    .isEqualTo(404);
            assertThat(send(who, "PATCH", "/api/conversations/" + id, "{\"title\": \"x\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(who, "DELETE", "/api/conversations/" + id, null).statusCode())
                    .isEqualTo(404);
            assertThat(asked(who, id, "What am I allergic to?").statusCode()).isEqualTo(404);
            assertThat(json(send(who, "GET", "/api/conversations", null), 200).path("items"))
                    .isEmpty();
        }
        assertThat(send(stranger, "POST", "/api/conversations", "{\"patient\": \"" + patient + "\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aProxyTalksAboutTheRecordOfWhomItIs() {
        String parent = UUID.randomUUID().toString();
        String own = client().create().resource(new Patient()).execute().getId().getIdPart();
        consents.grant(parent, patient, EnumSet.of(Part.ALL_PHI), Action.READ);
        String who = TestIssuer.person(parent, "patient", "Patient/" + own, own, "user/*.rs");
        assertThat(ask(who, started(who, patient), "What is my child allergic to?")
                        .path("text")
                        .asText())
                .startsWith("Zebra dander");
        assertThat(ask(who, started(who, null), "What am I allergic to?")
                        .path("kind")
                        .asText())
                .isEqualTo("not-found");
    }

    @Test
    void conversationsAreListedInPagesRenamedAndDeleted() {
        List<String> ids = List.of(started(token, null), started(token, null), started(token, null));
        ask(token, ids.get(0), "What am I allergic to?");
        ask(token, ids.get(0), "Which medication do I take?");
        JsonNode first = json(send(token, "GET", "/api/conversations?count=2", null), 200);
        JsonNode second = json(
                send(
                        token,
                        "GET",
                        "/api/conversations?count=2&after=" + first.path("next").asText(),
                        null),
                200);
        assertThat(first.path("items").size() + second.path("items").size()).isEqualTo(3);
        assertThat(second.path("next").isNull()).isTrue();

        JsonNode page = json(send(token, "GET", "/api/conversations/" + ids.get(0) + "?count=3", null), 200);
        JsonNode rest = json(
                send(
                        token,
                        "GET",
                        "/api/conversations/" + ids.get(0) + "?count=3&after="
                                + page.path("next").asText(),
                        null),
                200);
        assertThat(page.path("messages"))
                .extracting(message -> message.path("role").asText())
                .containsExactly("assistant", "user", "assistant");
        assertThat(rest.path("messages"))
                .extracting(message -> message.path("text").asText())
                .containsExactly("What am I allergic to?");

        JsonNode renamed =
                json(send(token, "PATCH", "/api/conversations/" + ids.get(0), "{\"title\": \" My allergies \"}"), 200);
        assertThat(renamed.path("title").asText()).isEqualTo("My allergies");
        assertThat(send(token, "DELETE", "/api/conversations/" + ids.get(0), null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(token, "GET", "/api/conversations/" + ids.get(0), null).statusCode())
                .isEqualTo(404);
        assertThat(owner.sql("""
                        select (select count(*) from holovitals.chat_messages where conversation_id = :id::uuid)
                          + (select count(*) from holovitals.ai_interactions where session_id = :id::uuid)
                        """).param("id", ids.get(0)).query(Long.class).single())
                .isZero();
    }

    @Test
    void anUnsafeQuestionIsNeverAnsweredFromTheRecord() {
        String id = started(token, null);
        JsonNode answer = ask(token, id, "Should I stop taking " + MARKER + "?");
        assertThat(answer.path("kind").asText()).isEqualTo("unsafe");
        assertThat(answer.path("needsEscalation").asBoolean()).isTrue();
        assertThat(answer.path("escalationReason").asText()).isEqualTo("treatment");
        assertThat(answer.path("text").asText())
                .contains("doctor or pharmacist")
                .doesNotContain("Zebra");
        assertThat(ask(token, id, "I have chest pain").path("escalationReason").asText())
                .isEqualTo("emergency");
    }

    @Test
    void anAnswerComesAsEventsWhereTheyAreAskedFor() {
        String id = started(token, null);
        HttpResponse<String> answer = sendAs(
                token,
                at("/api/conversations/" + id + "/messages")
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"What am I allergic to?\"}")));
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(Pattern.compile("^event: (.*)$", Pattern.MULTILINE)
                        .matcher(answer.body())
                        .results()
                        .map(event -> event.group(1)))
                .containsExactly("accepted", "sentence", "citations", "done");
        String kept = json(send(token, "GET", "/api/conversations/" + id, null), 200)
                .path("messages")
                .path(0)
                .path("id")
                .asText();
        assertThat(answer.body()).contains("Zebra dander (active).").contains("\"id\":\"" + kept + "\"");
        HttpResponse<String> refused = sendAs(
                token,
                at("/api/conversations/" + UUID.randomUUID() + "/messages")
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"x\"}")));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("urn:holovitals:problem:not-found");
    }

    @Test
    void aClientThatGoesAwayLeavesTheAnswerWhole() throws IOException {
        String id = started(token, null);
        URI server = URI.create(base());
        String body = "{\"text\": \"What am I allergic to?\"}";
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/conversations/" + id + "/messages HTTP/1.1\r\nHost: " + server.getAuthority()
                                    + "\r\nAuthorization: Bearer " + token
                                    + "\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            socket.setSoLinger(true, 0);
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(json(send(token, "GET", "/api/conversations/" + id, null), 200)
                                .path("messages")
                                .path(0)
                                .path("text")
                                .asText())
                        .isEqualTo("Zebra dander (active)."));
    }

    @Test
    void tooLongAndTooManyQuestionsAreRefused() {
        String id = started(token, null);
        assertThat(json(asked(token, id, "x".repeat(2001)), 400).path("detail").asText())
                .isEqualTo("text has to be text of 1 to 2000 characters");
        assertThat(json(asked(token, id, " "), 400).path("type").asText())
                .isEqualTo("urn:holovitals:problem:invalid-request");
        HttpResponse<String> last = asked(token, id, "I have chest pain");
        for (int i = 0; i < 30 && last.statusCode() == 200; i++) {
            last = asked(token, id, "I have chest pain");
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(1, 61);
        assertThat(json(send(token, "GET", "/api/conversations/" + id + "?count=100", null), 200)
                        .path("messages")
                        .size())
                .isEqualTo(40);
        assertThat(send(token, "DELETE", "/api/conversations/" + id, null).statusCode())
                .isEqualTo(204);
        assertThat(asked(token, started(token, null), "I have chest pain").statusCode())
                .isEqualTo(429);
    }

    @Test
    void thatSomethingIsNotThereIsToldOnlyWhileThereMayBeLooked() {
        String subject = UUID.randomUUID().toString();
        String who = clinician(subject);
        consents.grant(subject, patient, EnumSet.of(Part.ALLERGIES, Part.MEDICATIONS), Action.READ);
        String id = started(who, patient);
        JsonNode nothing = ask(who, id, "Is the patient allergic to latex?");
        assertThat(nothing.path("kind").asText()).isEqualTo("not-found");
        JsonNode other = ask(who, id, "Does the patient take aspirin?");
        assertThat(other.path("kind").asText()).isEqualTo("not-found");
        assertThat(shown(who, id, 2)).isEqualTo(nothing);

        consents.deny(subject, patient, Part.ALLERGIES);
        assertThat(shown(who, id, 2).path("withheld").asBoolean()).isTrue();
        assertThat(shown(who, id, 2).toString()).doesNotContain("latex");
        assertThat(shown(who, id, 0)).isEqualTo(other);
    }

    /** A message, counted from the newest. */
    private JsonNode shown(String who, String conversation, int number) {
        return json(send(who, "GET", "/api/conversations/" + conversation, null), 200)
                .path("messages")
                .path(number);
    }
}
