package org.holovitals.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.migrations.Login;
import org.holovitals.server.ModelStub;
import org.holovitals.server.ModelStub.Act;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.context.ModelPrice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Conversations in which a language model is asked for: what leaves, what comes of it, and what it costs. */
@ExtendWith(OutputCaptureExtension.class)
final class ModelChatTest extends ServerTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ModelStub STUB = ModelStub.shared();
    private static final String QUESTION = "I am Zebulon Quaxley: what am I allergic to since 2019?";
    private static final String ALLERGIC = "You are allergic to zebra dander [1].";
    private static final ModelPrice PRICE = new ModelPrice(
            "stub", "any", 32_000, 4_000, new BigDecimal("1.23456789"), null, new BigDecimal("9.87654321"), "USD");

    private final SaidConsents consents;
    private final JdbcClient owner;
    private final String subject = UUID.randomUUID().toString();
    private String patient = "";
    private String token = "";

    @Autowired
    ModelChatTest(SaidConsents consents, Login login) {
        this.consents = consents;
        this.owner = asOwner(login);
    }

    @BeforeEach
    void aPatientWithARecordAndAModelWithAPrice() {
        for (String model : List.of("stub-openai", "stub-anthropic")) {
            ModelStub.price(owner, model);
        }
        STUB.next();
        STUB.says(question -> ALLERGIC);
        Patient person = new Patient().setBirthDateElement(new DateType("1961-02-03"));
        person.addName().setFamily("Quaxley").addGiven("Zebulon");
        person.addIdentifier().setSystem("urn:mrn").setValue("MRN-778899");
        person.addTelecom().setSystem(ContactPoint.ContactPointSystem.PHONE).setValue("555-010-7788");
        patient = created(person);
        Reference subjectOf = new Reference("Patient/" + patient).setDisplay("Zebulon Quaxley");
        created(new AllergyIntolerance()
                .setPatient(subjectOf)
                .setClinicalStatus(new CodeableConcept()
                        .addCoding(new Coding(
                                "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", null)))
                .setCode(new CodeableConcept()
                        .setText("Zebra dander")
                        .addCoding(new Coding("http://snomed.info/sct", "232350006", "House dust mite")))
                .setRecordedDateElement(new DateTimeType("2021-05-06")));
        created(new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setSubject(subjectOf)
                .setCode(new CodeableConcept()
                        .setText("Ferritin of Zebulon")
                        .addCoding(new Coding("http://loinc.org", "2276-4", "Ferritin")))
                .addCategory(new CodeableConcept()
                        .addCoding(new Coding(
                                "http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", null)))
                .setEffective(new DateTimeType("2022-04-01"))
                .setValue(new Quantity().setValue(new BigDecimal("69.5")).setUnit("ng/mL")));
        created(new MedicationRequest()
                .setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE)
                .setIntent(MedicationRequest.MedicationRequestIntent.ORDER)
                .setSubject(subjectOf)
                .setRequester(new Reference().setDisplay("Dr. Wilhelmina Oxenford"))
                .setMedication(new CodeableConcept().setText("Zebrastatin as Oxenford and Quaxley agreed")));
        token = TestIssuer.person(subject, "patient", "Patient/" + patient, patient, "patient/*.rs");
    }

    private String created(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }

    private HttpResponse<String> send(String who, String method, String path, String body, String accept) {
        return sendAs(
                who,
                HttpRequest.newBuilder(URI.create(base().replace("/fhir", "") + path))
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode json(String who, String method, String path, String body) {
        HttpResponse<String> answer = send(who, method, path, body, "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return parse(answer.body());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void choose(String mode) {
        assertThat(json(token, "PUT", "/api/me/egress", "{\"mode\":\"" + mode + "\"}")
                        .path("mode")
                        .asText())
                .isEqualTo(mode);
    }

    private String started(String who) {
        return json(who, "POST", "/api/conversations", "{\"patient\":\"" + patient + "\"}")
                .path("id")
                .asText();
    }

    private JsonNode ask(String who, String conversation, String model, String text) {
        return json(
                        who,
                        "POST",
                        "/api/conversations/" + conversation + "/messages",
                        "{\"text\":\"" + text + "\",\"model\":\"" + model + "\"}")
                .path("answer");
    }

    private static void assertNothingIdentifies(String body) {
        assertThat(body.toLowerCase(Locale.ROOT))
                .doesNotContain("zebulon", "quaxley", "oxenford", "778899", "7788", "1961", "2021-05-06", "2022-04-01");
    }

    @Test
    void untilThePatientChoosesNothingLeavesAndTheFinderAnswers() {
        assertThat(json(token, "GET", "/api/me/egress", "").path("mode").asText())
                .isEqualTo("none");
        JsonNode answer = ask(token, started(token), "stub-openai", "What am I allergic to?");
        assertThat(answer.path("text").asText()).startsWith("Zebra dander (active)");
        assertThat(answer.path("label").asText()).isEqualTo("Found in your record, not generated by AI");
        assertThat(answer.path("note").asText()).startsWith("The record may not be sent to this model");
        assertThat(STUB.received()).isEmpty();
        assertThat(send(token, "PUT", "/api/me/egress", "{\"mode\":\"all\"}", "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(
                                token,
                                "POST",
                                "/api/conversations/" + started(token) + "/messages",
                                "{\"text\":\"x\",\"model\":\"nobody\"}",
                                "application/json")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stub-openai", "stub-anthropic"})
    void aModelAnswersFromMaskedTextAndEachLineIsChecked(String model) {
        choose("masked-text");
        STUB.says(question -> ALLERGIC + "\nIt began on D+0 [1].\nYou take aspirin [7].");
        String conversation = started(token);
        JsonNode answer = ask(token, conversation, model, QUESTION);

        String body = STUB.received().get(0).body();
        assertNothingIdentifies(body);
        assertThat(body).contains("Zebra dander", "Y-2");
        assertThat(answer.path("text").asText())
                .isEqualTo("You are allergic to zebra dander.\nIt began on 2021-05-06.\nYou take aspirin.");
        assertThat(answer.path("kind").asText()).isEqualTo("generated");
        assertThat(answer.path("label").asText()).startsWith("Generated by AI from your record");
        assertThat(answer.path("model").asText()).isEqualTo(model);
        assertThat(answer.path("status").asText()).isEqualTo("complete");
        assertThat(answer.path("note").isNull()).isTrue();
        assertThat(answer.path("unverified").toString()).isEqualTo("[1,2]");
        assertThat(answer.path("escalationReason").asText()).isEqualTo("unverified");
        assertThat(answer.path("citations")).isNotEmpty().allSatisfy(cited -> assertThat(
                        cited.path("verified").asBoolean())
                .isTrue());
        assertThat(json(token, "GET", "/api/conversations/" + conversation, "")
                        .path("messages")
                        .path(0))
                .isEqualTo(answer);
        assertKept(conversation, model, body);
        assertSpent(PRICE.cost(1234, 56), 1290, false);
    }

    /** What left stands in the log, in the ledger and sealed beside its answer. */
    private void assertKept(String conversation, String model, String body) {
        String sha256 = Sha256.hex(body);
        assertThat(owner.sql("""
                        select outcome || ' ' || (details ->> 'model') || ' ' || (details ->> 'mode') || ' ' || (details ->> 'sha256')
                        from holovitals.audit_logs where action = 'egress' and patients @> array[?]::text[]
                        """).param(patient).query(String.class).list())
                .containsExactly("success " + model + " (stub) masked-text " + sha256);
        List<String> rows =
                owner.sql("""
                        select to_jsonb(i)::text from holovitals.ai_interactions i where session_id = ?::uuid
                        """).param(conversation).query(String.class).list();
        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .contains(sha256, "\"egress_mode\": \"masked-text\"", "\"provider\": \"stub\"")
                .doesNotContain("ander", "allergic")
                .doesNotContain("\"response\": null"));
        assertThat(owner.sql("""
                        select c.status || ' ' || c.attempts || ' ' || c.input_tokens || ' ' || c.output_tokens
                        from holovitals.model_calls c join holovitals.ai_interactions i on i.call_id = c.id
                        where i.session_id = ?::uuid
                        """).param(conversation).query(String.class).list())
                .containsExactly("complete 1 1234 56");
        assertThat(json(token, "GET", "/api/me/access-log?count=50", "").path("entries"))
                .filteredOn(entry -> entry.path("what").path("action").asText().equals("egress"))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.path("who").path("model").asText()).isEqualTo(model + " (stub)"));
    }

    /** Rows of costs, the day's sum and the call agree to the last decimal; nothing is kept any more. */
    private void assertSpent(BigDecimal cost, long tokens, boolean isEstimated) {
        assertThat(owner.sql("""
                        select sum(c.cost) || ' ' || sum(c.total_tokens) || ' ' || bool_or(c.usage_estimated)
                        from holovitals.chatbot_costs c join holovitals.users u on u.id = c.user_id where u.subject = ?
                        """).param(subject).query(String.class).single())
                .isEqualTo(cost.toPlainString() + " " + tokens + " " + isEstimated);
        assertThat(owner.sql("""
                        select coalesce(sum(spent_cost), 0)::numeric(18, 8) || ' ' || coalesce(sum(spent_tokens), 0) || ' '
                          || coalesce(sum(reserved_cost), 0)::numeric(18, 8) || ' ' || coalesce(sum(reserved_tokens), 0)
                        from holovitals.daily_spending d join holovitals.users u on u.id = d.user_id where u.subject = ?
                        """).param(subject).query(String.class).single())
                .isEqualTo(cost.toPlainString() + " " + tokens + " 0.00000000 0");
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWER, complete, complete, told",
        "WITHOUT_USAGE, complete, complete, estimated",
        "LENGTH, incomplete, incomplete, told",
        "CUT_IN_THE_MIDDLE, incomplete, incomplete, estimated",
        "END_IN_THE_MIDDLE, incomplete, incomplete, estimated",
        "HANG_IN_THE_MIDDLE, incomplete, incomplete, estimated",
        "GARBAGE_IN_THE_MIDDLE, incomplete, incomplete, estimated",
        "TOO_MANY_FOR_AN_HOUR, found, failed rate-limited, nothing",
        "UNAUTHORIZED, found, failed refused, nothing",
        "ERROR, found, failed provider-error, nothing",
        "GARBAGE, found, failed malformed, nothing",
        "HANG, found, failed timeout, nothing"
    })
    void whateverTheProviderDoesTheLedgerIsRight(Act act, String ends, String call, String paid, CapturedOutput log) {
        choose("masked-text");
        STUB.next(act, act, act);
        String conversation = started(token);
        JsonNode answer = ask(token, conversation, "stub-anthropic", "What am I allergic to?");

        if (ends.equals("found")) {
            assertThat(answer.path("text").asText()).startsWith("Zebra dander (active)");
            assertThat(answer.path("label").asText()).startsWith("Found in your record");
            assertThat(answer.path("note").asText()).isEqualTo(Generating.Note.UNAVAILABLE.words());
            assertThat(answer.path("status").asText()).isEqualTo("complete");
        } else {
            assertThat(answer.path("kind").asText()).isEqualTo("generated");
            assertThat(answer.path("status").asText()).isEqualTo(ends);
        }
        Map<String, Object> row = owner.sql("""
                        select c.status || coalesce(' ' || c.failure, '') as ended, c.cost,
                          coalesce(c.input_tokens, 0) as input, coalesce(c.output_tokens, 0) as output, c.usage_estimated
                        from holovitals.model_calls c join holovitals.ai_interactions i on i.call_id = c.id
                        where i.session_id = ?::uuid
                        """).param(conversation).query().singleRow();
        long input = ((Number) Objects.requireNonNull(row.get("input"))).longValue();
        long output = ((Number) Objects.requireNonNull(row.get("output"))).longValue();
        assertThat(row.get("ended")).isEqualTo(call);
        if (paid.equals("told")) {
            assertThat(List.of(input, output)).containsExactly(1234L, 56L);
        } else {
            assertThat(input > 0 && output > 0).isEqualTo(paid.equals("estimated"));
        }
        BigDecimal cost = PRICE.cost(input, output);
        assertThat(row.get("cost")).isEqualTo(cost);
        assertSpent(cost, input + output, paid.equals("estimated"));
        assertThat(log.getAll())
                .doesNotContain("allergic to", ModelStub.KEY)
                .doesNotContainIgnoringCase("zebra dander");
    }

    @Test
    void ofAResourceOnlyItsCodesLeaveWhereThePatientWantsNoMore() {
        choose("structured-only");
        STUB.says(question -> "Ferritin was 69.5 ng/mL on D+0 [1].");
        JsonNode answer = ask(token, started(token), "stub-openai", "What was my last ferritin?");
        String body = STUB.received().get(0).body();
        assertNothingIdentifies(body);
        assertThat(body).contains("LOINC 2276-4", "69.5 ng/mL", "D+0").doesNotContain("Ferritin of");
        assertThat(answer.path("text").asText()).isEqualTo("Ferritin was 69.5 ng/mL on 2022-04-01.");
        assertThat(answer.path("unverified").isEmpty()).isTrue();
    }

    @Test
    void underAContractEverythingMayLeave() {
        choose("baa-full");
        ask(token, started(token), "stub-openai", QUESTION);
        assertThat(STUB.received().get(0).body()).contains("Zebulon Quaxley", "2021-05-06");
    }

    @Test
    void whoIsMentionedInTextIsMaskedToo() {
        choose("masked-text");
        ask(token, started(token), "stub-openai", "Which medication do I take?");
        String body = STUB.received().get(0).body();
        assertNothingIdentifies(body);
        assertThat(body).contains("Zebrastatin as [***] and [***] agreed");
    }

    @Test
    void anAnswerIsHeardWhileItIsWrittenAndCheckedAtTheEnd() {
        choose("masked-text");
        HttpResponse<String> answer = send(
                token,
                "POST",
                "/api/conversations/" + started(token) + "/messages",
                "{\"text\":\"What am I allergic to?\",\"model\":\"stub-anthropic\"}",
                "text/event-stream");
        assertThat(Pattern.compile("^event: (.*)$", Pattern.MULTILINE)
                        .matcher(answer.body())
                        .results()
                        .map(event -> event.group(1)))
                .containsExactly("accepted", "piece", "piece", "sentence", "citations", "done");
        assertThat(answer.body()).contains("\"kind\":\"generated\"", "\"verified\":true");
    }

    @Test
    void anAnswerThatDoesNotCheckCanBecomeAnAnalysisOfItsQuestion() {
        choose("masked-text");
        STUB.says(question -> "Your ferritin was 12.3 ng/mL [1].");
        String conversation = started(token);
        JsonNode answer = ask(token, conversation, "stub-openai", QUESTION);
        assertThat(answer.path("needsEscalation").asBoolean()).isTrue();
        HttpResponse<String> quote = send(
                token,
                "POST",
                "/api/conversations/" + conversation + "/messages/"
                        + answer.path("id").asText() + "/escalation",
                "{}",
                "application/json");
        assertThat(quote.statusCode()).as(quote.body()).isEqualTo(200);
    }

    @Test
    void anUnsafeQuestionReachesNoModel() {
        choose("baa-full");
        JsonNode answer = ask(token, started(token), "stub-openai", "Should I stop taking Zebrastatin?");
        assertThat(answer.path("kind").asText()).isEqualTo("unsafe");
        assertThat(STUB.received()).isEmpty();
    }

    @Test
    void whoMaySpendNothingIsAnsweredByTheFinder() {
        choose("masked-text");
        String conversation = started(token);
        owner.sql("""
                        insert into holovitals.spending_limits (id, user_id, daily_cost, daily_tokens, created_at, updated_at)
                        select ?, id, 0, 1000000, now(), now() from holovitals.users where subject = ?
                        """).params(UUID.randomUUID(), subject).update();
        JsonNode answer = ask(token, conversation, "stub-openai", QUESTION);
        assertThat(answer.path("note").asText()).isEqualTo(Generating.Note.QUOTA.words());
        assertThat(STUB.received()).isEmpty();
    }

    @Test
    void aClinicianAsksUnderTheConsentAndByThePatientsChoice() {
        String clinician = UUID.randomUUID().toString();
        String who = TestIssuer.person(clinician, "clinician", "Practitioner/7", null, "user/*.rs");
        consents.grant(clinician, patient, EnumSet.of(Part.ALLERGIES), Action.READ);
        String conversation = started(who);
        ask(who, conversation, "stub-openai", "What is the patient allergic to?");
        assertThat(STUB.received()).isEmpty();
        choose("masked-text");
        JsonNode closed = ask(who, conversation, "stub-openai", "What medication does the patient take?");
        assertThat(closed.path("kind").asText()).isEqualTo("closed");
        assertThat(STUB.received()).isEmpty();
        assertThat(ask(who, conversation, "stub-openai", "What is the patient allergic to?")
                        .path("kind")
                        .asText())
                .isEqualTo("generated");
        consents.end(clinician);
        consents.grant(clinician, patient, EnumSet.of(Part.CONDITIONS), Action.READ);
        assertThat(json(who, "GET", "/api/conversations/" + conversation, "")
                        .path("messages")
                        .path(0)
                        .path("withheld")
                        .asBoolean())
                .isTrue();
    }
}
