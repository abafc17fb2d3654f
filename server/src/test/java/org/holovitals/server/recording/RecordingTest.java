package org.holovitals.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each request leaves one row, whatever becomes of it, and is not answered without. */
final class RecordingTest extends ServerTest {
    private final JdbcClient jdbc;
    private final JdbcClient owner;
    private String a = "";
    private String b = "";
    private String observation = "";

    @Autowired
    RecordingTest(JdbcClient jdbc, Login login) {
        this.jdbc = jdbc;
        this.owner = asOwner(login);
    }

    @BeforeEach
    void twoPatients() {
        a = created(new Patient()).getIdPart();
        b = created(new Patient()).getIdPart();
        observation = created(new Observation().setSubject(new Reference("Patient/" + b)))
                .getIdPart();
    }

    private IIdType created(Resource resource) {
        return client().create().resource(resource).execute().getId();
    }

    @Test
    void aRequestLeavesOneRowThatTellsWhatWasDoneAndToWhom() {
        assertRows("GET", "Patient/" + b, null, "read Patient " + b + " success 200 {" + b + "}");
        assertRows("GET", "Observation/" + observation, null, row("read", "success 200"));
        assertRows("GET", "Observation/" + observation + "/_history/1", null, row("vread", "success 200"));
        assertRows("GET", "Observation/" + observation + "/_history", null, row("history-instance", "success 200"));
        assertRows(
                "GET", "Observation?subject=Patient/" + b, null, "search-type Observation - success 200 {" + b + "}");
        assertRows(
                "GET", "Patient/" + b + "/$everything", null, "$everything Patient " + b + " success 200 {" + b + "}");
        assertRows("GET", "Organization?name=x", null, "search-type Organization - success 200 {}");
        assertRows("GET", "Patient/none", null, "read Patient none failure 404 {}");
        assertRows("GET", "Nothing/1", null, "read System - failure 404 {}");
        assertRows("GET", "Patient?nope=1", null, "search-type Patient - failure 400 {}");
        assertRows("GET", "metadata", null, "capabilities System - success 200 {}");
    }

    private String row(String action, String ending) {
        return action + " Observation " + observation + " " + ending + " {" + b + "}";
    }

    @Test
    void aWriteLeavesItsRowInItsOwnTransaction() {
        String body = "{\"resourceType\":\"Observation\",\"id\":\"" + observation
                + "\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/" + b
                + "\"}}";
        assertRows("PUT", "Observation/" + observation, body, row("update", "success -"));
        assertRows("PUT", "Observation/" + observation, body, row("update", "success 200"));
        assertRows(
                "PUT",
                "Observation/" + observation,
                body.replace("Patient/" + b, "Patient/" + a),
                "update Observation " + observation + " success - " + both());
        assertRows(
                "DELETE",
                "Observation/" + observation,
                null,
                "delete Observation " + observation + " success - {" + a + "}");
        assertRows(
                "DELETE", "Observation/" + observation, null, "delete Observation " + observation + " success 200 {}");
        assertRows(
                "POST",
                "Observation",
                "{\"resourceType\":\"Observation\",\"nope\":1}",
                "create Observation - failure 400 {}");
        assertThat(sent("POST", "Patient", "{\"resourceType\":\"Patient\"}").rows())
                .singleElement()
                .asString()
                .matches("create Patient (\\S+) success - \\{\\1}");
    }

    private String both() {
        return "{" + (a.compareTo(b) < 0 ? a + "," + b : b + "," + a) + "}";
    }

    @Test
    void aConditionalDeleteIsOneWrite() {
        String tag = "t-" + UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            Observation tagged = new Observation().setSubject(new Reference("Patient/" + b));
            tagged.getMeta().addTag().setSystem("urn:test").setCode(tag);
            created(tagged);
        }
        assertThat(sent("DELETE", "Observation?_tag=urn:test|" + tag, null).rows())
                .containsExactly("delete Observation - success - {" + b + "}");
    }

    @Test
    void aRefusedRequestTellsWhoseRecordItWasAbout() {
        String token = TestIssuer.patient(a, "patient/*.cruds");
        String observing = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                + "\"subject\":{\"reference\":\"Patient/" + b + "\"}}";
        assertThat(sentAs(token, "GET", "Observation/" + observation, null).rows())
                .containsExactly(row("read", "refused 404"));
        assertThat(sentAs(token, "GET", "Patient", null).rows())
                .containsExactly("search-type Patient - success 200 {" + a + "}");
        assertThat(sentAs(token, "POST", "Observation", observing).rows())
                .containsExactly("create Observation - refused 403 {" + b + "}");
        assertThat(sentAs(token, "DELETE", "Observation/" + observation, null).rows())
                .containsExactly(row("delete", "refused 404"));
        assertThat(sentAs(token, "GET", "Practitioner/_history", null).rows())
                .containsExactly("history-type Practitioner - refused 403 {}");
    }

    @Test
    void aBundleLeavesOneRowForEachThingThatIsCommittedByItself() {
        assertThat(bundle("batch", reads("Patient/" + b))).containsExactly("batch Bundle - success 200 {" + b + "}");
        assertThat(bundle("batch", makes("Patient"))).singleElement().asString().startsWith("create Patient ");
        assertThat(bundle(
                        "batch",
                        makes("Organization"),
                        reads("Patient/" + b),
                        makes("Organization"),
                        reads("Patient/none")))
                .hasSize(3)
                .filteredOn(row -> row.startsWith("create Organization "))
                .hasSize(2);
        assertThat(bundle("batch")).containsExactly("batch Bundle - success 200 {}");
        assertThat(bundle("batch", reads("Patient/none"))).containsExactly("batch Bundle - failure 200 {}");
        assertThat(bundle("transaction", makes("Organization"), makes("Organization")))
                .containsExactly("transaction Bundle - success - {}");
        assertThat(bundle("transaction", reads("Patient/" + b)))
                .containsExactly("transaction Bundle - success 200 {" + b + "}");
        assertThat(bundle("transaction", makes("Organization"), reads("Patient/" + b)))
                .containsExactlyInAnyOrder(
                        "transaction Bundle - success - {}", "transaction Bundle - success 200 {" + b + "}");
        assertThat(bundle("transaction", makes("Organization"), changes("Organization?nope=1")))
                .containsExactly("transaction Bundle - failure 400 {}");
    }

    @Test
    void aBatchOfWhatIsRefusedIsRefused() {
        String token = TestIssuer.patient(a, "patient/*.rs");
        assertThat(sentAs(token, "POST", "", bundleOf("batch", reads("Observation/" + observation)))
                        .rows())
                .containsExactly("batch Bundle - refused 200 {" + b + "}");
        assertThat(sentAs(token, "POST", "", bundleOf("batch", makes("Observation")))
                        .rows())
                .containsExactly("batch Bundle - refused 200 {}");
    }

    @Test
    void routesOfTheApiLeaveTheirRow() {
        assertThat(api(TestIssuer.system(), "/api/me").rows()).containsExactly("get /api/me - success 200 {}");
        assertThat(api(TestIssuer.system(), "/api/nothing").rows()).containsExactly("get /api - failure 404 {}");
        assertThat(api(TestIssuer.system(), "/api/audit/verify").rows())
                .containsExactly("get /api/audit/verify - refused 403 {}");
        assertThat(api(TestIssuer.user("compliance", "openid"), "/api/audit/verify")
                        .rows())
                .containsExactly("verify-audit-log audit_logs - success 200 {}");
    }

    @Test
    void theRowNamesTheUserAndTheAppAndHoldsNothingOfTheRecord() {
        String token = TestIssuer.token(claims -> claims.subject(
                        "0b1e3c52-54c5-4bd8-9c5e-" + a.substring(0, 12).replaceAll("[^0-9a-f]", "0"))
                .claim("azp", "the-app")
                .claim("scope", "user/*.rs")
                .claim("sid", "the-session")
                .claim("fhirUser", "Patient/" + a)
                .claim("realm_access", Map.of("roles", List.of("patient"))));
        String query =
                "Patient?_count=5&birthdate=1971-02-03&family=Zaphod&_id=" + a + "&general-practitioner=Practitioner/7"
                        + "&_lastUpdated=ge2020&identifier=urn:mrn%7C555&Zaphod Beeble=1";
        Sent sent = sentAs(token, "GET", query.replace(" ", "%20"), null);
        String line = jdbc.sql("""
                        select concat_ws(' ', client_id, session_id, host(ip_address), user_agent, user_id is not null, details->>'method',
                          details->>'interaction', details->>'scopes', details->>'parameters')
                        from holovitals.audit_logs where details->>'request' = ?
                        """).param(sent.id()).query(String.class).single();
        assertThat(line)
                .startsWith("the-app the-session 127.0.0.1 Java-http-client")
                .doesNotContain("Zaphod", "555", "1971");
    }

    @Test
    void parametersKeepWhatSaysWhichRecordsAndLoseWhatIsInThem() {
        Sent sent = sent(
                "GET",
                "Observation?category=vital-signs&code=http://loinc.org%7C8302-2&date=ge2020-01-01&subject=Patient/" + b
                        + "&value-quantity=gt5&_count=3&subject:Patient.name=Zaphod",
                null);
        assertThat(jdbc.sql("select details->>'parameters' from holovitals.audit_logs where details->>'request' = ?")
                        .param(sent.id())
                        .query(String.class)
                        .single())
                .isEqualTo(
                        "{\"code\": \"…\", \"date\": \"ge2020-01-01\", \"_count\": \"3\", \"subject\": \"Patient/" + b
                                + "\", \"category\": \"vital-signs\", \"value-quantity\": \"…\", \"subject:Patient.name\": \"…\"}");
    }

    @Test
    void nothingIsAnsweredWhileTheLogCannotBeWrittenAndAllIsWhenItCan() {
        String name = "Org" + UUID.randomUUID();
        String body = "{\"resourceType\":\"Organization\",\"name\":\"" + name + "\"}";
        owner.sql("revoke insert on holovitals.audit_logs from holovitals_application")
                .update();
        try {
            assertUnrecorded(sent("GET", "Patient/" + b, null), "application/fhir+json", "OperationOutcome");
            assertUnrecorded(sent("GET", "Patient/none", null), "application/fhir+json", "OperationOutcome");
            assertUnrecorded(
                    sent("GET", "Observation?subject=Patient/" + b, null), "application/fhir+json", "OperationOutcome");
            assertUnrecorded(sent("POST", "Organization", body), "application/fhir+json", "OperationOutcome");
            assertUnrecorded(
                    sent("POST", "", bundleOf("transaction", makes("Organization"))),
                    "application/fhir+json",
                    "OperationOutcome");
            assertUnrecorded(
                    sent("POST", "", bundleOf("batch", makes("Organization"))),
                    "application/fhir+json",
                    "OperationOutcome");
            assertUnrecorded(
                    api(TestIssuer.system(), "/api/me"),
                    "application/problem+json",
                    "urn:holovitals:problem:audit-unavailable");
            assertUnrecorded(
                    api(TestIssuer.user("patient", "openid"), "/api/apps"),
                    "application/problem+json",
                    "urn:holovitals:problem:audit-unavailable");
        } finally {
            owner.sql("grant insert on holovitals.audit_logs to holovitals_application")
                    .update();
        }
        assertThat(sent("GET", "Organization?name=" + name, null).answer().body())
                .contains("\"total\":0");
        assertThat(sent("POST", "Organization", body).answer().statusCode()).isEqualTo(201);
        assertThat(sent("GET", "Organization?name=" + name, null).rows()).hasSize(1);
    }

    private static void assertUnrecorded(Sent sent, String contentType, String content) {
        HttpResponse<String> answer = sent.answer();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(contentType);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.headers().firstValue("X-Request-ID")).hasValue(sent.id());
        assertThat(answer.body()).contains(content).doesNotContain("Patient", "audit_logs");
    }

    private List<String> bundle(String type, String... entries) {
        return sent("POST", "", bundleOf(type, entries)).rows();
    }

    private static String bundleOf(String type, String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static String reads(String url) {
        return "{\"request\":{\"method\":\"GET\",\"url\":\"" + url + "\"}}";
    }

    private static String makes(String type) {
        return "{\"resource\":{\"resourceType\":\"" + type + "\"},\"request\":{\"method\":\"POST\",\"url\":\"" + type
                + "\"}}";
    }

    private static String changes(String url) {
        return "{\"resource\":{\"resourceType\":\"Organization\"},\"request\":{\"method\":\"PUT\",\"url\":\"" + url
                + "\"}}";
    }

    private void assertRows(String method, String path, @Nullable String body, String... rows) {
        assertThat(sent(method, path, body).rows()).as(method + " " + path).containsExactly(rows);
    }

    /** A request by its id, and its answer. */
    private record Sent(String id, HttpResponse<String> answer, List<String> rows) {}

    private Sent sent(String method, String path, @Nullable String body) {
        return sentAs(TestIssuer.system(), method, path, body);
    }

    private Sent sentAs(String token, String method, String path, @Nullable String body) {
        return sent(token, method, base() + (path.isEmpty() ? "" : "/" + path.replace("|", "%7C")), body);
    }

    private Sent api(String token, String path) {
        return sent(token, "GET", base().replaceFirst("/fhir$", path), null);
    }

    private Sent sent(String token, String method, String url, @Nullable String body) {
        String id = UUID.randomUUID().toString();
        HttpResponse<String> answer = sendAs(
                token,
                HttpRequest.newBuilder(URI.create(url))
                        .header("X-Request-ID", id)
                        .header("Content-Type", "application/fhir+json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body)));
        return new Sent(id, answer, rowsOf(id));
    }

    private List<String> rowsOf(String request) {
        return jdbc.sql("""
                        select concat_ws(' ', action, resource, coalesce(resource_id, '-'), outcome, coalesce(details->>'status', '-'),
                          patients::text)
                        from holovitals.audit_logs where details->>'request' = ? order by seq
                        """).param(request).query(String.class).list();
    }
}
