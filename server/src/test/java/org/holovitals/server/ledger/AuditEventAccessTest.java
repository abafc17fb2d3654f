package org.holovitals.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.MethodOutcome;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.audit.AuditLogs;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who reads which AuditEvents, and that nobody writes one. */
final class AuditEventAccessTest extends LedgerFixture {
    private final FhirContext fhir = FhirContext.forR4Cached();
    private final String key = UUID.randomUUID().toString();

    @Autowired
    AuditEventAccessTest(AuditLogs logs, JdbcClient jdbc) {
        super(logs, jdbc);
    }

    @Test
    void aPatientSeesTheOwnRowsAndNothingOfAnother() {
        Person a = patient();
        Person b = patient("patient/AuditEvent.rs");
        UUID doctor = log.user("clinician", "Dr. Y", "Practitioner/y-" + key);
        UUID ofB = log.grant("clinician", b.patient(), doctor, "b's secret");
        UUID own = log.row(row -> row.about(a.patient()).from("192.0.2.1").on("Condition", "own-" + key));
        UUID others = log.row(row -> row.about(b.patient()));
        UUID both = log.row(row -> row.by(doctor)
                .about(a.patient(), b.patient())
                .under(ofB)
                .on("Condition", "both-" + key)
                .detail("parameters", Map.of("patient", b.patient())));
        UUID bulk = log.row(row -> row.does("$export").on("Patient", null).aboutEveryone());

        String mine = at(a.token(), "/fhir/AuditEvent?_count=200").body();
        assertThat(mine)
                .contains(own.toString(), both.toString(), bulk.toString(), "own-" + key)
                .doesNotContain(b.patient(), others.toString(), ofB.toString(), "both-" + key, "192.0.2.1");
        assertThat(at(a.token(), "/fhir/AuditEvent/" + own).statusCode()).isEqualTo(200);
        assertThat(at(a.token(), "/fhir/AuditEvent/" + both).body()).doesNotContain(b.patient(), "both-" + key);
        HttpResponse<String> hidden = at(a.token(), "/fhir/AuditEvent/" + others);
        HttpResponse<String> missing = at(a.token(), "/fhir/AuditEvent/" + UUID.randomUUID());
        assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(missing.statusCode());
        for (String query : List.of(
                "patient=" + b.patient(),
                "entity=Patient/" + b.patient(),
                "entity=Condition/both-" + key,
                "_id=" + others)) {
            assertThat(found(a.token(), query)).as(query).isEmpty();
        }
        assertThat(found(b.token(), "_id=" + others + "," + own)).containsExactly(others.toString());
        String batch = """
                {"resourceType":"Bundle","type":"batch","entry":[
                {"request":{"method":"GET","url":"AuditEvent/%s"}},{"request":{"method":"GET","url":"AuditEvent/%s"}}]}
                """.formatted(others, own);
        String answer = post(a.token(), "/fhir", batch).body();
        assertThat(answer).contains(own.toString(), "\"status\":\"404").doesNotContain(b.patient());
    }

    @Test
    void aLinkToAPageIsForItsCallerAlone() {
        Person a = patient();
        Person b = patient();
        for (int i = 0; i < 3; i++) {
            log.row(row -> row.about(a.patient()));
            log.row(row -> row.about(b.patient()));
        }
        String next =
                parse(at(b.token(), "/fhir/AuditEvent?_count=1").body()).at("/link").findValuesAsText("url").stream()
                        .filter(url -> url.contains("_cursor"))
                        .findFirst()
                        .orElseThrow();
        String path = next.substring(next.indexOf("/fhir/"));
        assertThat(at(b.token(), path).statusCode()).isEqualTo(200);
        char last = path.charAt(path.length() - 3);
        String bent =
                path.substring(0, path.length() - 3) + (last == 'A' ? 'B' : 'A') + path.substring(path.length() - 2);
        for (String forged :
                List.of(bent, "/fhir/AuditEvent?_cursor=", "/fhir/AuditEvent?_cursor=AAAA", path + "AAAA")) {
            assertThat(at(b.token(), forged).statusCode()).as(forged).isEqualTo(410);
        }
        for (String other : List.of(a.token(), officer(), TestIssuer.system())) {
            HttpResponse<String> answer = at(other, path);
            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(answer.body()).doesNotContain(b.patient());
        }
    }

    @Test
    void othersAreRefusedAndAnOfficerSeesNoRecord() {
        UUID row = log.row(made -> made.about("p-" + key));
        Observation observation = new Observation().setStatus(Observation.ObservationStatus.FINAL);
        observation.getCode().setText("canary");
        MethodOutcome made = client().create()
                .resource(observation.setSubject(
                        new Reference("Patient/" + patient().patient())))
                .execute();
        for (String token : List.of(
                token(key, "clinician", "Practitioner/1", null, "user/*.cruds"),
                token(key, "admin", "Practitioner/1", null, "user/*.cruds"),
                token(key, "compliance", "Practitioner/1", null, "user/Observation.rs openid"),
                token(key, "compliance", "Practitioner/1", null, "user/AuditEvent.rs?action=R"),
                patient("patient/Observation.rs").token())) {
            assertThat(at(token, "/fhir/AuditEvent/" + row).statusCode()).isIn(403, 404);
            assertThat(at(token, "/fhir/AuditEvent").statusCode()).isEqualTo(403);
        }
        String reader = token(key, "compliance", "Practitioner/1", null, "user/AuditEvent.r");
        assertThat(at(reader, "/fhir/AuditEvent/" + row).statusCode()).isEqualTo(200);
        assertThat(at(reader, "/fhir/AuditEvent").statusCode()).isEqualTo(403);
        String officer = officer();
        String id = made.getId().getIdPart();
        assertThat(at(officer, "/fhir/Observation/" + id).statusCode()).isIn(403, 404);
        for (String path : List.of("/fhir/Observation", "/fhir/Patient", "/fhir/AuditEvent?_include=*")) {
            assertThat(at(officer, path).body()).doesNotContain(id, "canary");
        }
    }

    @Test
    void nobodyWritesOne() {
        AuditEvent event = new AuditEvent().setRecordedElement(new InstantType("2026-10-05T08:09:10Z"));
        event.setType(new Coding("urn:x", "y", null));
        event.setId(key);
        String body = fhir.newJsonParser().encodeResourceToString(event);
        UUID row = log.row(made -> made.about("p-" + key));
        HttpRequest.BodyPublisher sent = HttpRequest.BodyPublishers.ofString(body);
        for (String token : List.of(TestIssuer.system(), officer())) {
            Stream.of(
                            HttpRequest.newBuilder(URI.create(base() + "/AuditEvent"))
                                    .POST(sent),
                            HttpRequest.newBuilder(URI.create(base() + "/AuditEvent/" + key))
                                    .PUT(sent),
                            HttpRequest.newBuilder(URI.create(base() + "/AuditEvent/" + row))
                                    .method("PATCH", sent),
                            HttpRequest.newBuilder(URI.create(base() + "/AuditEvent/" + row))
                                    .DELETE())
                    .map(request -> sendAs(token, request.header("Content-Type", "application/fhir+json")))
                    .forEach(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(405);
                        assertThat(answer.body()).contains("OperationOutcome", "never written");
                    });
        }
        assertThat(post(TestIssuer.system(), "/fhir", bundle("transaction", event))
                        .statusCode())
                .isEqualTo(405);
        assertThat(post(TestIssuer.system(), "/fhir", bundle("batch", event)).body())
                .contains("\"status\":\"405");
        assertThat(at(officer(), "/fhir/AuditEvent/" + row).statusCode()).isEqualTo(200);
    }

    private String bundle(String type, Resource resource) {
        return """
                {"resourceType":"Bundle","type":"%s","entry":[
                {"resource":%s,"request":{"method":"POST","url":"AuditEvent"}},
                {"request":{"method":"DELETE","url":"AuditEvent/1"}}]}
                """.formatted(type, fhir.newJsonParser().encodeResourceToString(resource));
    }
}
