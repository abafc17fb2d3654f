package org.holovitals.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditLogs;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What patients are told of those who look at their records. */
final class AccessLogTest extends LedgerFixture {
    private static final String PATH = "/api/me/access-log";
    private static final Instant WHEN = Instant.parse("2026-10-06T10:00:00Z");

    private static final Instant DAY = Instant.parse("2026-10-12T10:00:00Z");

    private final String key = UUID.randomUUID().toString();

    @Autowired
    AccessLogTest(AuditLogs logs, JdbcClient jdbc) {
        super(logs, jdbc);
    }

    @Test
    void anEntrySaysWhoDidWhatWhenUnderWhichConsentAndWhy() {
        Person patient = patient();
        String practitioner = practitioner("Grace", "Hopper", "Navy Clinic");
        UUID doctor = log.user("clinician", null, practitioner);
        UUID grant = log.grant("clinician", patient.patient(), doctor, "a second opinion");
        UUID row = log.row(made -> made.at(WHEN.plus(Duration.ofDays(2)))
                .by(doctor)
                .client("viewer")
                .on("Observation", "o-1")
                .about(patient.patient())
                .under(grant)
                .detail("scopes", "user/*.rs openid")
                .detail("model", "model-7"));

        JsonNode entry = entries(patient, "from=2026-10-08&to=2026-10-08").get(0);

        assertThat(entry).isEqualTo(parse("""
                {"id":"%s","when":"2026-10-08T10:00:00Z",
                 "who":{"viewer":"user:%s","name":"Grace Hopper","organization":"Navy Clinic","app":"viewer","model":"model-7","isYou":false},
                 "what":{"words":"read Observation","action":"read","resource":"Observation","id":"o-1","counts":{}},
                 "outcome":"success","consents":[{"id":"%s","kind":"clinician","until":"2026-11-02T10:00:00Z"}],
                 "scopes":["user/*.rs","openid"],"why":{"basis":"CONSENT","reason":"a second opinion"}}
                """.formatted(row, doctor, grant)));
    }

    @Test
    void allWaysToTheRecordStandInItAlsoRefusedOnes() {
        Person patient = patient();
        UUID doctor = log.user("clinician", "Dr. Who", "Practitioner/" + key);
        UUID grant = log.grant("break-glass", patient.patient(), doctor, "unconscious");
        log.row(row ->
                row.at(WHEN.plusSeconds(1)).by(doctor).about(patient.patient()).ends(Outcome.REFUSED));
        log.row(row -> row.at(WHEN.plusSeconds(2))
                .by(doctor)
                .about(patient.patient())
                .under(grant)
                .does("$everything")
                .on("Patient", patient.patient()));
        log.row(row ->
                row.at(WHEN.plusSeconds(3)).does("$export").on("Patient", null).aboutEveryone());
        log.row(row -> row.at(WHEN.plusSeconds(4)).by(patient.user()).about(patient.patient()));
        log.row(row -> row.at(WHEN.plusSeconds(5))
                .client("lab")
                .does("transaction")
                .on("Bundle", null)
                .about(patient.patient())
                .detail("written", Map.of("create Observation", 12, "update DiagnosticReport", 1)));

        List<String> said = new ArrayList<>();
        for (JsonNode entry : entries(patient, "from=2026-10-06&to=2026-10-06")) {
            said.add(entry.at("/what/words").asText() + "; "
                    + entry.at("/outcome").asText() + "; "
                    + entry.at("/why/basis").asText() + "; "
                    + entry.at("/why/reason").asText() + "; "
                    + entry.at("/what/counts") + "; " + entry.at("/who/isYou").asBoolean());
        }
        assertThat(said)
                .containsSubsequence(
                        "sent a transaction; success; SERVICE; null; {\"create Observation\":12,\"update DiagnosticReport\":1}; false",
                        "read Observation; success; OWN; null; {}; true",
                        "a bulk export of all records; success; SERVICE; null; {}; false",
                        "read the whole record; success; EMERGENCY; unconscious; {}; false",
                        "read Observation; refused; NONE; null; {}; false");
    }

    @Test
    void itIsPagedAndFilteredAndOnlyForThePatientHerself() {
        Person patient = patient();
        Person other = patient();
        UUID doctor = log.user("clinician", "Dr. Z", "Practitioner/" + key);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Instant when = WHEN.plus(Duration.ofHours(24)).plusSeconds(i / 2);
            rows.add(
                    0,
                    log.row(row -> row.at(when).by(doctor).about(patient.patient()))
                            .toString());
        }
        log.row(row -> row.at(WHEN).about(patient.patient()).client("lab"));

        List<String> found = new ArrayList<>();
        String path = PATH + "?viewer=user:" + doctor + "&count=3";
        String second = null;
        while (path != null) {
            JsonNode page = json(patient.token(), path);
            page.at("/entries").forEach(entry -> found.add(entry.at("/id").asText()));
            path = page.path("next").asText(null);
            second = second == null ? path : second;
        }
        assertThat(found).isEqualTo(rows);
        assertThat(String.valueOf(second)).doesNotContain(patient.patient(), doctor.toString());
        assertThat(entries(patient, "viewer=client:lab")).hasSize(1);
        assertThat(at(other.token(), String.valueOf(second)).statusCode()).isEqualTo(404);
        assertThat(at(other.token(), PATH + "?patient=" + patient.patient()).statusCode())
                .isEqualTo(404);
        assertThat(at(other.token(), PATH).body()).doesNotContain(patient.patient(), doctor.toString());
        Person narrow = patient("patient/Observation.rs openid");
        assertThat(at(narrow.token(), PATH).statusCode()).isEqualTo(403);
        for (String wrong : List.of("from=yesterday", "viewer=x", "count=0")) {
            assertThat(at(patient.token(), PATH + "?" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void aPatientIsToldOnceOfEachNewViewerAndNotOfHerself() {
        Person patient = patient();
        UUID doctor = log.user("clinician", "Dr. N", "Practitioner/" + key);
        UUID emergency = log.user("clinician", "Dr. E", "Practitioner/e-" + key);
        UUID glass = log.grant("break-glass", patient.patient(), emergency, "unconscious");
        log.row(row -> row.by(patient.user()).about(patient.patient()));
        log.row(row -> row.by(doctor).about(patient.patient()).ends(Outcome.REFUSED));
        log.row(row -> row.by(emergency).about(patient.patient()).under(glass));
        log.row(row -> row.by(doctor).about(patient.patient()).on("AuditEvent", null));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(viewers(patient)).contains("user:" + emergency));
        assertThat(viewers(patient)).doesNotContain("user:" + patient.user(), "user:" + doctor);
        assertThat(told(patient)).as("the test's own service made the record").isLessThan(2);
        int before = told(patient);

        log.row(row -> row.by(doctor).about(patient.patient(), "another"));
        log.row(row -> row.by(doctor).about(patient.patient()));
        log.row(row -> row.client("bulk-" + key).does("$export").aboutEveryone());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(told(patient)).isEqualTo(before + 2));
        assertThat(viewers(patient)).contains("user:" + doctor, "client:bulk-" + key);
        assertThat(jdbc.sql("select message from holovitals.notifications where patient_id = ? limit 1")
                        .param(patient.user())
                        .query(String.class)
                        .single())
                .isEqualTo("Somebody looked at your record for the first time.");
    }

    private int told(Person patient) {
        return jdbc.sql("""
                        select count(*) from holovitals.notifications where patient_id = ? and type = 'new-viewer'
                        """).param(patient.user()).query(Integer.class).single();
    }

    private List<String> viewers(Person patient) {
        return jdbc.sql("select viewer from holovitals.record_viewers where patient_fhir_id = ?")
                .param(patient.patient())
                .query(String.class)
                .list();
    }

    @Test
    void theAccountingOfDisclosuresGroupsWhatRepeatsAndReadsBackFromCsv() throws IOException {
        Person patient = patient();
        String evil = "=cmd|' /C calc'!A0, \"x\"";
        UUID doctor = log.user("clinician", evil, "Practitioner/" + key);
        UUID grant = log.grant("clinician", patient.patient(), doctor, "@SUM(1+1)");
        for (int i = 0; i < 3; i++) {
            Instant when = DAY.plusSeconds(i);
            String type = i == 0 ? "Condition" : "Observation";
            log.row(row -> row.at(when)
                    .by(doctor)
                    .about(patient.patient())
                    .under(grant)
                    .on(type, null));
        }
        log.row(row -> row.at(DAY).client("lab").does("search-type").about(patient.patient()));
        log.row(row -> row.at(DAY).client("writer").does("create").about(patient.patient()));
        log.row(row -> row.at(DAY).by(patient.user()).about(patient.patient()));
        log.row(row -> row.at(DAY).by(doctor).about(patient.patient()).ends(Outcome.REFUSED));
        log.row(row -> row.at(DAY.minus(Duration.ofDays(7 * 365))).client("old").about(patient.patient()));
        String day = "from=2026-10-12&to=2026-10-12";

        JsonNode rows = json(patient.token(), "/api/me/disclosures?" + day).at("/rows");
        JsonNode first = rows.get(0);
        assertThat(first).isEqualTo(parse("""
                {"first":"2026-10-12T10:00:00Z","last":"2026-10-12T10:00:02Z","count":3,"recipient":"%s","organization":"",
                 "apps":["an-app"],"what":["Condition","Observation"],"basis":"clinician","purpose":"@SUM(1+1)"}
                """.formatted(evil.replace("\"", "\\\""))));
        assertThat(rows.findValuesAsText("recipient")).contains("lab").doesNotContain("writer", "old");
        assertThat(json(patient.token(), "/api/me/disclosures").at("/rows").findValuesAsText("recipient"))
                .doesNotContain("old");

        for (HttpResponse<String> answer : List.of(
                at(patient.token(), "/api/me/disclosures?format=csv&" + day),
                at(officer(), "/api/disclosures?patient=" + patient.patient() + "&" + day, "Accept", "text/csv"))) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
            List<CSVRecord> read = CSVParser.parse(
                            new StringReader(answer.body()),
                            CSVFormat.RFC4180
                                    .builder()
                                    .setHeader()
                                    .setSkipHeaderRecord(true)
                                    .build())
                    .getRecords();
            assertThat(read).hasSize(rows.size());
            assertThat(read.get(0).toMap())
                    .containsEntry("recipient", "'" + evil)
                    .containsEntry("purpose", "'@SUM(1+1)")
                    .containsEntry("what", "Condition; Observation")
                    .containsEntry("count", "3");
            read.forEach(record -> record.forEach(
                    cell -> assertThat(cell).doesNotStartWith("=").doesNotStartWith("@")));
        }
        assertThat(at(patient.token(), "/api/me/disclosures?from=2019-01-01").statusCode())
                .isEqualTo(400);
        assertThat(at(officer(), "/api/disclosures").statusCode()).isEqualTo(400);
        assertThat(at(patient.token(), "/api/me/disclosures?patient=" + key).statusCode())
                .isEqualTo(404);
    }

    private JsonNode entries(Person patient, String query) {
        return json(patient.token(), PATH + "?" + query).at("/entries");
    }

    private String practitioner(String given, String family, String organization) {
        Practitioner practitioner = new Practitioner();
        practitioner.addName().addGiven(given).setFamily(family);
        String id = client().create().resource(practitioner).execute().getId().getIdPart();
        String place = client().create()
                .resource(new Organization().setName(organization))
                .execute()
                .getId()
                .getIdPart();
        client().create()
                .resource(new PractitionerRole()
                        .setPractitioner(new Reference("Practitioner/" + id))
                        .setOrganization(new Reference("Organization/" + place)))
                .execute();
        return "Practitioner/" + id;
    }
}
