package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.documents.TextQueue.Claim;
import org.holovitals.server.texts.TestPages;
import org.holovitals.server.vault.KeyCare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The text of documents, from the upload to whoever asks for it. */
final class DocumentTextTest extends DocumentFixture {
    private static final List<String> LINES =
            List.of("Laboratory report of Zebra Hospital, page", "Potassium 3.4 mmol/L low");

    private final TextWork work;
    private final TextQueue queue;
    private final KeyCare care;

    @Autowired
    DocumentTextTest(TextWork work, JdbcClient jdbc, KeyCare care, Login login, Environment environment) {
        super(login, environment);
        this.work = work;
        this.queue = new TextQueue(jdbc);
        this.care = care;
    }

    @BeforeEach
    void anEmptyQueue() {
        nothingIsToBeRead();
    }

    private String brought(byte[] file) {
        return json(upload(token, file, "file", ""), 201).path("id").asText();
    }

    private JsonNode text(String id, String query) {
        return json(call(token, "GET", "/api/documents/" + id + "/text" + query), 200);
    }

    private String state(String id) {
        JsonNode view = json(call(token, "GET", "/api/documents/" + id), 200);
        return view.path("status").asText() + " " + view.path("failure").asText("-");
    }

    @Test
    void theTextOfADocumentIsReadAndSealed() {
        String marker = "Zebra" + UUID.randomUUID().toString().replace("-", "");
        String id = brought(TestPages.pdf(LINES, List.of(marker + " on a page with enough text to be no scan")));
        assertThat(text(id, "").path("status").asText()).isEqualTo("pending");
        assertThat(work.next()).isTrue();
        assertThat(work.next()).isFalse();

        assertThat(state(id)).isEqualTo("complete -");
        JsonNode first = text(id, "?count=1");
        assertThat(first.path("pages").size()).isEqualTo(1);
        assertThat(first.path("pages").path(0).toString())
                .isEqualTo("{'page':1,'method':'text_layer','confidence':null,'text':'%s','words':[]}"
                        .formatted(String.join("\\n", LINES))
                        .replace('\'', '"'));
        JsonNode second = text(id, "?after=" + first.path("next").asInt());
        assertThat(second.path("pages").path(0).path("text").asText()).startsWith(marker);
        assertThat(second.path("next").isNull()).isTrue();

        assertThat(owner.sql("select o::text from holovitals.ocr_results o where document_id = ?")
                        .param(UUID.fromString(id))
                        .query(String.class)
                        .list())
                .hasSize(2)
                .noneMatch(row -> row.contains(marker) || row.contains("Potassium"));
    }

    @Test
    void theReadingIsFollowedUntilItsEnd() throws Exception {
        String id = brought(TestPages.pdf(LINES, LINES, List.of(UUID.randomUUID() + " is the last of three pages")));
        String path = "/api/documents/" + id + "/events";
        Stream<String> answer = HttpClient.newHttpClient()
                .send(at(path).header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofLines())
                .body();
        Iterator<String> lines =
                answer.filter(line -> line.startsWith("data: ")).iterator();
        assertThat(lines.next())
                .isEqualTo("data: {\"status\":\"pending\",\"failure\":null,\"pagesRead\":0,\"pageCount\":null}");
        work.once();
        List<String> rest = new ArrayList<>();
        lines.forEachRemaining(rest::add);
        assertThat(rest.get(rest.size() - 1))
                .isEqualTo("data: {\"status\":\"complete\",\"failure\":null,\"pagesRead\":3,\"pageCount\":3}");
        assertThat(json(call(token, "GET", "/api/documents/" + id), 200)
                        .path("pagesRead")
                        .asInt())
                .isEqualTo(3);
        assertThat(problem(call(clinician(UUID.randomUUID().toString()), "GET", path)))
                .isEqualTo("not-found 404");
    }

    @Test
    void aTextThatSomebodyChangedIsToldToBeSoAndRaisesAnAlert() {
        String id = brought(
                TestPages.pdf(List.of("Laboratory report " + UUID.randomUUID(), "with enough of text for a page")));
        work.once();
        String path = "/api/documents/" + id + "/text";
        assertThat(owner.sql("""
                                update holovitals.ocr_results set raw_text = overlay(raw_text placing 'AAAA' from 60)
                                where document_id = ?
                                """).param(UUID.fromString(id)).update()).isOne();

        assertThat(json(call(token, "GET", path), 410).path("type").asText())
                .isEqualTo("urn:holovitals:problem:sealed-unreadable");
        assertThat(owner.sql("select severity from holovitals.security_alerts where alert_key = ?")
                        .param("sealed-value-damaged:" + path)
                        .query(String.class)
                        .list())
                .containsExactly("critical");
    }

    @Test
    void aScanHasWordsWithTheirPlaces() {
        String id = brought(TestPages.file(TestPages.picture(LINES), "png"));
        work.once();
        JsonNode page = text(id, "?words=true").path("pages").path(0);
        assertThat(page.path("method").asText()).isEqualTo("tesseract");
        assertThat(page.path("text").asText()).contains("Potassium 3.4");
        assertThat(page.path("confidence").asDouble()).isBetween(0.7, 1.0);
        assertThat(page.path("words").findValuesAsText("text")).contains("Potassium", "3.4");
        assertThat(text(id, "").path("pages").path(0).path("words").size()).isZero();
        assertThat(owner.sql("select jsonb_typeof(words) || length(words #>> '{}') from holovitals.ocr_results"
                                + " where document_id = ?")
                        .param(UUID.fromString(id))
                        .query(String.class)
                        .single())
                .startsWith("string");
    }

    @Test
    void valuesOfAReportAreFoundAndWaitForAPersonWhereTheyDoNotAgree() {
        String id = brought(TestPages.pdf(List.of(
                "Laboratory report " + UUID.randomUUID(),
                "Potassium 3.4 mmol/L L 3.5 - 5.1",
                "HbA1c 72 % H 4.0 - 5.6")));
        work.once();
        JsonNode values = json(call(token, "GET", "/api/documents/" + id + "/values"), 200)
                .path("values");
        assertThat(values.toString())
                .isEqualTo(("[{'name':'Potassium','value':'3.4','unit':'mmol/L','referenceRange':'3.5 - 5.1',"
                                + "'abnormal':true,'confidence':1.0,'page':1,'status':'auto','failedGates':[]},"
                                + "{'name':'Hemoglobin A1c','value':'72','unit':'%','referenceRange':'4.0 - 5.6',"
                                + "'abnormal':true,'confidence':1.0,'page':1,'status':'needs_review',"
                                + "'failedGates':['plausible','point']}]")
                        .replace('\'', '"'));
        // The times in a row have digits and points, too.
        assertThat(owner.sql(
                                "select field_value || ' ' || reference_range from holovitals.extracted_data where document_id = ?")
                        .param(UUID.fromString(id))
                        .query(String.class)
                        .list())
                .hasSize(2)
                .noneMatch(row -> row.contains("3.4") || row.contains("5.1"));
        assertThat(problem(call(clinician(UUID.randomUUID().toString()), "GET", "/api/documents/" + id + "/values")))
                .isEqualTo("not-found 404");
    }

    @Test
    void whatCannotBeReadIsToldOfAndKept() throws IOException {
        String encrypted = brought(TestPages.pdf("secret", LINES));
        String broken = brought(utf8("%PDF-1.7\n" + UUID.randomUUID()));
        byte[] whole = TestPages.pdf(LINES, List.of(UUID.randomUUID().toString()));
        String cut = brought(Arrays.copyOf(whole, whole.length / 2));
        String wide = brought(TestPages.hugePng(20_000, 20_000));
        String endless = brought(TestPages.pdf(pages(301)));
        String lost = uploaded("lost " + UUID.randomUUID());
        Files.delete(blob(lost));
        String xml =
                brought(utf8("<ClinicalDocument xmlns='urn:hl7-org:v3'><!-- " + patient + " --></ClinicalDocument>"));
        work.once();
        assertThat(List.of(state(encrypted), state(broken), state(lost), state(xml)))
                .containsExactly("failed encrypted", "failed broken", "failed unreadable", "complete -");
        assertThat(List.of(state(cut), state(wide), state(endless)))
                .containsExactly("failed broken", "failed image-too-large", "failed too-many-pages");
        assertThat(call(token, "GET", "/api/documents/" + encrypted + "/content")
                        .statusCode())
                .isEqualTo(200);
    }

    @SuppressWarnings("unchecked")
    private static List<String>[] pages(int count) {
        return Stream.generate(() -> List.of("A page with enough text to be no scan"))
                .limit(count)
                .toArray(List[]::new);
    }

    @Test
    void whatIsWrittenForPeopleIsReadOfMarkedText() {
        String narrative = "<div xmlns='http://www.w3.org/1999/xhtml'><p>Lives   alone</p><script>no()</script></div>";
        String data = Base64.getEncoder().encodeToString(utf8("Sleeps badly"));
        List<String> files = List.of(
                "<!DOCTYPE html><html><head><title>Letter</title><style>p {}</style></head><body><h1>Findings</h1>"
                        + "<table><tr><td>Potassium</td><td>3.4&nbsp;mmol/L</td></tr></table><p>Dear\ncolleague,<br>good day</body>",
                "{\\rtf1\\ansi{\\b Findings}\\par Gr\\'f6\\'dfe 180 cm\\par}",
                "<?xml version='1.0' encoding='UTF-8'?><ClinicalDocument xmlns='urn:hl7-org:v3'><title>Summary</title>"
                        + "<component><structuredBody><component><section><title>Größe</title><text><list><item>180 cm</item>"
                        + "<item>80 kg</item></list></text><entry><observation><text>not the narrative</text></observation>"
                        + "</entry></section></component></structuredBody></component></ClinicalDocument>",
                "<ClinicalDocument xmlns='urn:hl7-org:v3'><component><nonXMLBody><text mediaType='text/plain' "
                        + "representation='B64'>" + data + "</text></nonXMLBody></component></ClinicalDocument>",
                "{\"resourceType\": \"Bundle\", \"entry\": [{\"resource\": {\"resourceType\": \"Condition\", "
                        + "\"text\": {\"status\": \"generated\", \"div\": \"" + narrative + "\"}, "
                        + "\"note\": [{\"text\": \"Since May\"}]}}, {\"resource\": {\"content\": [{\"attachment\": "
                        + "{\"contentType\": \"text/plain\", \"data\": \"" + data + "\"}}]}}]}",
                "<DiagnosticReport xmlns='http://hl7.org/fhir'><text><status value='generated'/>" + narrative
                        + "</text><conclusion value='No fracture'/></DiagnosticReport>");
        List<String> ids = files.stream().map(file -> brought(utf8(file))).toList();
        work.once();
        assertThat(ids.stream()
                        .map(id ->
                                text(id, "").path("pages").path(0).path("text").asText()))
                .containsExactly(
                        "Letter\nFindings\nPotassium 3.4 mmol/L\nDear colleague,\ngood day",
                        "Findings\nGröße 180 cm",
                        "Summary\nGröße\n180 cm\n80 kg",
                        "Sleeps badly",
                        "Lives alone\nSince May\nSleeps badly",
                        "Lives alone\nNo fracture");
    }

    @Test
    void aReaderThatWasKilledIsFollowedByAnotherAndKeepsNothing() {
        String id = uploaded("claimed " + UUID.randomUUID());
        UUID document = UUID.fromString(id);
        Instant now = Instant.now();
        Claim dead = queue.claim(now, now.plusSeconds(60)).orElseThrow();
        assertThat(dead).isEqualTo(new Claim(document, 1));
        assertThat(work.next()).as("it is claimed").isFalse();

        Claim next = queue.claim(now.plusSeconds(61), now.plusSeconds(62)).orElseThrow();
        assertThat(next).isEqualTo(new Claim(document, 2));
        assertThat(queue.complete(dead, now)).as("the claim is over").isFalse();
        assertThat(queue.fail(dead, "broken", now)).isFalse();

        Claim last = queue.claim(now.plusSeconds(70), now.plusSeconds(71)).orElseThrow();
        assertThat(last.attempt()).isEqualTo(3);
        assertThat(queue.giveUp(now.plus(Duration.ofHours(1)), 3, "crashed")).isEqualTo(1);
        assertThat(state(id)).isEqualTo("failed crashed");
        assertThat(queue.claim(now.plus(Duration.ofHours(2)), now)).isEqualTo(Optional.empty());
    }

    @Test
    void theTextIsSeenByWhomTheDocumentIs() {
        String id = uploaded("seen " + UUID.randomUUID());
        work.once();
        assertThat(text(id, "").path("pages").path(0).path("text").asText()).startsWith("seen");
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        for (String who :
                List.of(patientsToken(other, ALL), clinician(UUID.randomUUID().toString()))) {
            assertThat(problem(call(who, "GET", "/api/documents/" + id + "/text")))
                    .isEqualTo("not-found 404");
        }
        care.shred(patient);
        assertThat(problem(call(token, "GET", "/api/documents/" + id + "/text")))
                .isEqualTo("document-unreadable 410");
    }
}
