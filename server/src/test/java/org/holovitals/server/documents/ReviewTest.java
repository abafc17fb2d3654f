package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.migrations.Login;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.texts.TestPages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** What was found in documents, from the scan over the inbox into the record. */
final class ReviewTest extends DocumentFixture {
    private static final String DATE = "2026-03-04";
    private static final List<String> REPORT = List.of(
            "Zebra Hospital laboratory report",
            "Potassium 3.4 mmol/L L 3.5 - 5.1",
            "Sodium 150 mmol/L 135 - 145",
            "Chloride 101 mmol/L 98 - 107",
            "Calcium 94 mg/dL H 8.6 - 10.3",
            "Glucose 5.4 mmol/L 3.9 - 5.5");

    private final TextWork work;
    private final SaidConsents consents;

    @Autowired
    ReviewTest(TextWork work, SaidConsents consents, Login login, Environment environment) {
        super(login, environment);
        this.work = work;
        this.consents = consents;
    }

    @BeforeEach
    void anEmptyQueue() {
        nothingIsToBeRead();
    }

    private String read(byte[] file, String query) {
        String id =
                json(upload(token, file, "report.pdf", query), 201).path("id").asText();
        work.once();
        return id;
    }

    private Map<String, JsonNode> inbox(String who, String query) {
        Map<String, JsonNode> found = new HashMap<>();
        json(call(who, "GET", "/api/review" + query), 200)
                .path("items")
                .forEach(item -> found.put(item.path("name").asText(), item));
        return found;
    }

    private static JsonNode in(Map<String, JsonNode> found, String name) {
        return Objects.requireNonNull(found.get(name));
    }

    private HttpResponse<String> decide(String who, JsonNode item, String action, String body) {
        return post(who, "/api/review/" + item.path("id").asText() + "/" + action, body);
    }

    private static String decision(JsonNode item, String action, String more) {
        return "{'id': '%s', 'action': '%s'%s}".formatted(item.path("id").asText(), action, more);
    }

    private static String body(String action) {
        return switch (action) {
            case "correct" -> "{'value': '102'}";
            case "reject" -> "{'reason': 'no'}";
            default -> "{}";
        };
    }

    private BufferedImage crop(JsonNode item) throws Exception {
        HttpResponse<byte[]> answer = download(token, item.path("crop").asText());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        return ImageIO.read(new ByteArrayInputStream(answer.body()));
    }

    /** The share of dark points. */
    private static double ink(BufferedImage picture) {
        int dark = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                dark += (picture.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
            }
        }
        return (double) dark / (picture.getWidth() * picture.getHeight());
    }

    private Observation observation(String id) {
        return client().read()
                .resource(Observation.class)
                .withId(id.replace("Observation/", ""))
                .execute();
    }

    private List<Provenance> provenances(String observation) {
        return client()
                .search()
                .byUrl("Provenance?target=Observation/" + observation)
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .stream()
                .map(entry -> (Provenance) entry.getResource())
                .toList();
    }

    private String existing() {
        Observation known = new Observation()
                .setStatus(ObservationStatus.FINAL)
                .setSubject(new Reference("Patient/" + patient))
                .setEffective(new DateTimeType(DATE + "T08:30:00Z"))
                .setValue(new Quantity()
                        .setValue(3.4)
                        .setSystem("http://unitsofmeasure.org")
                        .setCode("mmol/L"));
        known.getCode().addCoding().setSystem("http://loinc.org").setCode("2823-3");
        return client().create().resource(known).execute().getId().getIdPart();
    }

    @Test
    void aScannedReportGoesOverTheInboxIntoTheRecord() throws Exception {
        String known = existing();
        BufferedImage picture = TestPages.picture(REPORT);
        String document = read(TestPages.scan(picture), "?documentDate=" + DATE);
        Runnable all = () -> inbox(token, "");
        assertThat(statements("patient_results", all)).isEqualTo(1);
        assertThat(statements("hfj_res_ver", all))
                .as("the document, and the results")
                .isEqualTo(2);
        Map<String, JsonNode> found = inbox(token, "");
        assertThat(found).containsOnlyKeys("Potassium", "Sodium", "Chloride", "Calcium", "Glucose");
        JsonNode potassium = in(found, "Potassium");
        assertThat(potassium.path("code").asText()).isEqualTo("2823-3");
        assertThat(potassium.path("flag").asText()).isEqualTo("low");
        assertThat(potassium.path("status").asText()).isEqualTo("auto");
        assertThat(potassium.path("date").asText()).isEqualTo(DATE);
        assertThat(potassium.path("duplicates").toString()).isEqualTo("[\"" + known + "\"]");
        assertThat(in(found, "Chloride").path("duplicates").size()).isZero();
        assertThat(in(found, "Sodium").path("gates").toString())
                .contains("{\"gate\":\"flag\",\"passed\":false,\"says\":\"It is marked where")
                .contains("{\"gate\":\"unit\",\"passed\":true");
        assertThat(inbox(token, "?status=needs_review")).containsOnlyKeys("Sodium", "Calcium");

        BufferedImage crop = crop(potassium);
        double height = potassium.path("box").path(3).asDouble() * 2339;
        assertThat((double) crop.getHeight()).isBetween(1.5 * height, 4.5 * height);
        assertThat(crop.getWidth()).isBetween(300, 1600);
        assertThat(ink(crop)).isBetween(0.02, 0.3);

        theGatesLookAtWhatIsTyped(in(found, "Calcium"));
        String glucose = decision(in(found, "Glucose"), "reject", ", 'reason': 'fasting was not kept'");
        JsonNode outcomes = json(
                        post(
                                token,
                                "/api/review/decisions",
                                "{'decisions': ["
                                        + String.join(
                                                ",",
                                                decision(potassium, "confirm", ""),
                                                decision(in(found, "Chloride"), "confirm", ""),
                                                glucose,
                                                decision(in(found, "Calcium"), "confirm", ""),
                                                "{'id': '" + UUID.randomUUID()
                                                        + "', 'action': 'reject', 'reason': 'x'}")
                                        + "]}"),
                        200)
                .path("outcomes");
        assertThat(outcomes.findValuesAsText("status")).containsSubsequence("confirmed", "confirmed", "rejected");
        assertThat(outcomes.path(3).path("problem").path("status").asInt()).isEqualTo(409);
        assertThat(outcomes.path(4).path("problem").path("status").asInt()).isEqualTo(404);
        assertThat(inbox(token, "")).containsOnlyKeys("Sodium");
        JsonNode rejected = in(inbox(token, "?status=rejected"), "Glucose");
        assertThat(rejected.path("decision").path("reason").asText()).isEqualTo("fasting was not kept");
        assertThat(rejected.path("decision").path("inRecord").asBoolean()).isFalse();

        theRecordSaysWhereItComesFrom(
                outcomes.path(0).path("resource").asText().substring("Observation/".length()), document, potassium);
        theLedgerTellsOfIt();
        whatIsDeletedIsToldToBe(
                outcomes.path(1).path("resource").asText().substring("Observation/".length()),
                in(found, "Chloride"),
                document,
                outcomes.path(0).path("resource").asText());
    }

    private void theGatesLookAtWhatIsTyped(JsonNode item) {
        assertThat(problem(decide(token, item, "confirm", "{}"))).isEqualTo("value-doubtful 422");
        HttpResponse<String> doubted = decide(token, item, "correct", "{'value': '93'}");
        assertThat(problem(doubted)).isEqualTo("value-doubtful 422");
        assertThat(doubted.body())
                .contains("Hardly anybody who lives has this value")
                .doesNotContain("93");
        for (String wrong : List.of(
                "{'value': 'about 7'}",
                "{'unit': 'furlongs'}",
                "{'referenceRange': '5.6 - 4.0'}",
                "{'code': '0-0'}",
                "{'value': '9.4', 'date': '2999-01-01'}",
                "{}")) {
            assertThat(problem(decide(token, item, "correct", wrong))).as(wrong).isEqualTo("invalid-request 400");
        }
        JsonNode corrected = json(decide(token, item, "correct", "{'value': '9.4'}"), 200);
        assertThat(corrected.path("status").asText()).isEqualTo("corrected");
        assertThat(corrected.path("value").asText()).as("as it was read").isEqualTo("94");
        assertThat(corrected.path("decision").path("value").asText()).isEqualTo("9.4");
        Observation written =
                observation(corrected.path("decision").path("resource").asText());
        assertThat(written.getValueQuantity().getValue().toPlainString()).isEqualTo("9.4");
        assertThat(written.getInterpretationFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("N");
        assertThat(problem(decide(token, item, "confirm", "{}"))).isEqualTo("conflict 409");
    }

    private void theRecordSaysWhereItComesFrom(String id, String document, JsonNode item) {
        Observation observation = observation(id);
        observation.setMeta(null).setId((String) null);
        assertThat(client().getFhirContext().newJsonParser().encodeResourceToString(observation))
                .isEqualTo(("{'resourceType':'Observation','status':'preliminary','category':[{'coding':[{'system':"
                                + "'http://terminology.hl7.org/CodeSystem/observation-category','code':'laboratory',"
                                + "'display':'Laboratory'}]}],'code':{'coding':[{'system':'http://loinc.org','code':'2823-3'}],"
                                + "'text':'Potassium'},'subject':{'reference':'Patient/" + patient + "'},"
                                + "'effectiveDateTime':'2026-03-04','performer':[{'reference':'Patient/" + patient
                                + "'}],"
                                + "'valueQuantity':{'value':3.4,'unit':'mmol/L','system':'http://unitsofmeasure.org',"
                                + "'code':'mmol/L'},'interpretation':[{'coding':[{'system':"
                                + "'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation','code':'L',"
                                + "'display':'Low'}]}],'referenceRange':[{'low':{'value':3.5,'unit':'mmol/L',"
                                + "'system':'http://unitsofmeasure.org','code':'mmol/L'},'high':{'value':5.1,'unit':'mmol/L',"
                                + "'system':'http://unitsofmeasure.org','code':'mmol/L'},'text':'3.5 - 5.1'}]}")
                        .replace('\'', '"'));
        assertThat(provenances(id)).singleElement().satisfies(provenance -> {
            assertThat(provenance.getTarget().stream().map(Reference::getReference))
                    .containsExactly("Observation/" + id, "Patient/" + patient);
            assertThat(provenance.getAgentFirstRep().getWho().getReference()).isEqualTo("Patient/" + patient);
            Reference source = provenance.getEntityFirstRep().getWhat();
            assertThat(source.getReference()).isEqualTo("DocumentReference/" + document);
            assertThat(source.getExtensionByUrl("urn:holovitals:document-place")
                            .getValue()
                            .primitiveValue())
                    .startsWith("Binary/" + document + "#page=1&xywh=percent:")
                    .contains(String.format(
                            Locale.ROOT, ",%.2f,", item.path("box").path(1).asDouble() * 100));
        });
        assertThat(owner.sql("select status from holovitals.patient_results where fhir_id = ?")
                        .param(id)
                        .query(String.class)
                        .list())
                .containsExactly("preliminary");
    }

    private void theLedgerTellsOfIt() {
        JsonNode entries =
                json(call(token, "GET", "/api/me/access-log?count=50"), 200).path("entries");
        List<String> words = entries.findValuesAsText("words");
        assertThat(words)
                .contains(
                        "corrected a value of a document and took it into the record",
                        "decided about values that were found in documents",
                        "looked at a part of a page of a document",
                        "listed the values that were found in documents");
        // One in the transaction of each that was written, and one of the request.
        assertThat(words.stream().filter(word -> word.startsWith("decided"))).hasSize(3);
    }

    private void whatIsDeletedIsToldToBe(String id, JsonNode item, String document, String kept) {
        Bundle deletion = new Bundle();
        deletion.setType(BundleType.TRANSACTION);
        for (String each : List.of(provenances(id).get(0).getIdElement().getIdPart(), id)) {
            deletion.addEntry()
                    .getRequest()
                    .setMethod(HTTPVerb.DELETE)
                    .setUrl((each.equals(id) ? "Observation/" : "Provenance/") + each);
        }
        client().transaction().withBundle(deletion).execute();
        JsonNode decision = json(
                        call(token, "GET", "/api/review/" + item.path("id").asText()), 200)
                .path("decision");
        assertThat(decision.path("value").asText()).isEqualTo("101");
        assertThat(decision.path("resource").isNull()).isTrue();
        assertThat(decision.path("inRecord").asBoolean()).isFalse();

        assertThat(call(token, "DELETE", "/api/documents/" + document).statusCode())
                .isEqualTo(204);
        assertThat(problem(call(token, "GET", "/api/review/" + item.path("id").asText())))
                .isEqualTo("not-found 404");
        assertThat(inbox(token, "?status=all")).isEmpty();
        assertThat(observation(kept).hasValueQuantity()).as("a person said so").isTrue();
    }

    @Test
    void onlyWhoMayReadTheDocumentSeesAndWhoMayWriteResultsDecides() {
        read(TestPages.pdf(REPORT), "?documentDate=" + DATE);
        JsonNode item = in(inbox(token, ""), "Potassium");
        String path = "/api/review/" + item.path("id").asText();
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        String doctor = UUID.randomUUID().toString();
        for (String who : List.of(patientsToken(other, ALL), clinician(doctor))) {
            for (String hidden : List.of(path, path + "/crop", "/api/review?patient=" + patient)) {
                assertThat(problem(call(who, "GET", hidden))).as(hidden).isEqualTo("not-found 404");
            }
            for (String action : List.of("confirm", "correct", "reject")) {
                assertThat(problem(decide(who, item, action, body(action)))).isEqualTo("not-found 404");
            }
        }
        String reads = patientsToken(patient, "patient/DocumentReference.rs patient/Observation.rs");
        assertThat(inbox(reads, "")).containsKey("Potassium");
        assertThat(problem(decide(reads, item, "confirm", "{}"))).isEqualTo("forbidden 403");
        consents.grant(doctor, patient, EnumSet.of(Part.DOCUMENTS), Action.READ);
        assertThat(inbox(clinician(doctor), "?patient=" + patient)).containsKey("Potassium");
        assertThat(problem(decide(clinician(doctor), item, "confirm", "{}"))).isEqualTo("forbidden 403");
        assertThat(problem(decide(clinician(doctor), item, "reject", "{'reason': 'no'}")))
                .isEqualTo("forbidden 403");

        consents.grant(doctor, patient, EnumSet.of(Part.TEST_RESULTS), Action.READ, Action.WRITE);
        Practitioner practitioner = new Practitioner();
        practitioner.setId("Practitioner/7");
        client().update().resource(practitioner).execute();
        JsonNode confirmed = json(decide(clinician(doctor), item, "confirm", "{}"), 200);
        Observation written =
                observation(confirmed.path("decision").path("resource").asText());
        assertThat(written.getStatus()).isEqualTo(ObservationStatus.FINAL);
        assertThat(written.getPerformerFirstRep().getReference()).isEqualTo("Practitioner/7");
    }

    @Test
    void listsOfMedicationsAndAllergiesWaitForAPersonToo() {
        read(
                TestPages.pdf(List.of(
                        "Discharge letter of Zebra Hospital " + UUID.randomUUID(),
                        "Current medications:",
                        "- Metformin 500 mg twice daily",
                        "- Lisinopril 10 mg",
                        "Allergies",
                        "1. Penicilin (rash)",
                        "- No known food allergies",
                        "Follow-up in three months")),
                "");
        Map<String, JsonNode> found = new HashMap<>();
        json(call(token, "GET", "/api/review"), 200)
                .path("items")
                .forEach(item -> found.put(
                        item.path("kind").asText() + " " + item.path("value").asText(), item));
        assertThat(found)
                .containsOnlyKeys(
                        "medication Metformin 500 mg twice daily",
                        "medication Lisinopril 10 mg",
                        "allergy Penicilin (rash)");
        JsonNode allergy = in(found, "allergy Penicilin (rash)");
        assertThat(allergy.path("status").asText()).isEqualTo("needs_review");
        String labs = patientsToken(patient, "patient/DocumentReference.rs patient/Observation.cruds");
        assertThat(problem(decide(labs, allergy, "confirm", "{}"))).isEqualTo("forbidden 403");

        String medication = json(
                        decide(token, in(found, "medication Metformin 500 mg twice daily"), "confirm", "{}"), 200)
                .path("decision")
                .path("resource")
                .asText();
        String corrected = json(decide(token, allergy, "correct", "{'value': 'Penicillin (rash)'}"), 200)
                .path("decision")
                .path("resource")
                .asText();
        assertThat(client().read()
                        .resource(MedicationStatement.class)
                        .withUrl(medication)
                        .execute()
                        .getMedicationCodeableConcept()
                        .getText())
                .isEqualTo("Metformin 500 mg twice daily");
        assertThat(client().read()
                        .resource(AllergyIntolerance.class)
                        .withUrl(corrected)
                        .execute()
                        .getCode()
                        .getText())
                .isEqualTo("Penicillin (rash)");
        assertThat(client().search()
                        .byUrl("Provenance?target=" + corrected)
                        .returnBundle(Bundle.class)
                        .execute()
                        .getEntry())
                .hasSize(1);
    }

    @Test
    void oneOfTwoDecisionsAtOnceCounts() {
        read(TestPages.pdf(REPORT), "?documentDate=" + DATE);
        JsonNode item = in(inbox(token, ""), "Chloride");
        List<Integer> answers = Stream.of("confirm", "confirm", "correct", "reject")
                .map(action -> CompletableFuture.supplyAsync(
                        () -> decide(token, item, action, body(action)).statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(answers).containsExactly(200, 409, 409, 409);
        assertThat(owner.sql("""
                        select count(*) from holovitals.patient_results r
                        join holovitals.patient_repositories p on p.id = r.repository_id
                        join holovitals.patients o on o.id = p.patient_id where o.fhir_id = ?
                        """).param(patient).query(Long.class).single())
                .isEqualTo(inbox(token, "?status=rejected").isEmpty() ? 1L : 0L);
    }

    @Test
    void nobodyGuessesADateAndATextHasNoPicture() throws Exception {
        String document = read(utf8(String.join("\n", REPORT)), "");
        JsonNode item = in(inbox(token, "?document=" + document), "Chloride");
        assertThat(problem(decide(token, item, "confirm", "{}"))).isEqualTo("invalid-request 400");
        assertThat(problem(call(token, "GET", item.path("crop").asText()))).isEqualTo("not-found 404");
        JsonNode confirmed = json(decide(token, item, "confirm", "{'date': '2025-12-31'}"), 200);
        assertThat(observation(confirmed.path("decision").path("resource").asText())
                        .getEffectiveDateTimeType()
                        .getValueAsString())
                .isEqualTo("2025-12-31");
        assertThat(json(call(token, "GET", "/api/review?status=all&count=2"), 200)
                        .path("next")
                        .isNull())
                .isFalse();
        assertThat(owner.sql("select e::text from holovitals.extracted_data e where document_id = ?")
                        .param(UUID.fromString(document))
                        .query(String.class)
                        .list())
                .hasSize(5)
                // A number by itself: ids and what is sealed hold these digits by chance.
                .allSatisfy(row -> assertThat(row).doesNotContain("2025-12-31").doesNotContainPattern("\\b101\\b"));
    }

    @Test
    void theReportSaysWhenItWasAndWhereEachValueStands() throws Exception {
        String document = read(dated("Collected: 2026-03-02 08:15  Reported: 2026-03-05"), "?documentDate=" + DATE);
        JsonNode item = in(inbox(token, "?document=" + document), "Glucose");
        assertThat(item.path("date").asText() + " " + item.path("dateFrom").asText())
                .isEqualTo("2026-03-02 collected");
        assertThat(item.path("printedDate").toString())
                .isEqualTo("{'kind':'collected','printed':'2026-03-02','page':1}".replace('\'', '"'));
        BufferedImage row = crop(item);
        assertThat(row.getHeight()).isBetween(20, 120);
        assertThat(ink(row)).isBetween(0.02, 0.3);
        String written = json(decide(token, item, "confirm", "{}"), 200)
                .path("decision")
                .path("resource")
                .asText();
        assertThat(observation(written).getEffectiveDateTimeType().getValueAsString())
                .isEqualTo("2026-03-02");
        assertThat(provenances(written.substring("Observation/".length()))
                        .get(0)
                        .getEntityFirstRep()
                        .getWhat()
                        .getExtensionByUrl("urn:holovitals:document-place")
                        .getValue()
                        .primitiveValue())
                .startsWith("Binary/" + document + "#page=1&xywh=percent:8.");

        String unclear = read(dated("Collected: 02/03/2026"), "?documentDate=" + DATE);
        JsonNode other = in(inbox(token, "?document=" + unclear), "Glucose");
        assertThat(other.path("date").isNull() && other.path("dateFrom").isNull())
                .isTrue();
        assertThat(other.path("printedDate").path("printed").asText()).isEqualTo("02/03/2026");
        assertThat(problem(decide(token, other, "confirm", "{}"))).isEqualTo("invalid-request 400");
        JsonNode said = json(decide(token, other, "confirm", "{'date': '2026-02-03'}"), 200);
        assertThat(observation(said.path("decision").path("resource").asText())
                        .getEffectiveDateTimeType()
                        .getValueAsString())
                .isEqualTo("2026-02-03");

        String reported = read(dated("Reported: 2026-03-05"), "");
        JsonNode last = in(inbox(token, "?document=" + reported), "Glucose");
        assertThat(last.path("date").asText() + " " + last.path("dateFrom").asText())
                .isEqualTo("2026-03-05 reported");
        assertThat(owner.sql("select e::text from holovitals.extracted_data e where document_id = ?")
                        .param(UUID.fromString(reported))
                        .query(String.class)
                        .list())
                .noneMatch(kept -> kept.contains("2026-03-05"));
    }

    /** The report with a line more above its values. */
    private static byte[] dated(String line) {
        return TestPages.pdf(Stream.concat(Stream.of(line), REPORT.stream()).toList());
    }
}
