package org.holovitals.server.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Grant;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.users.Users;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The answers are compared with what the same person is answered when he asks for the resource itself. */
final class ExplainTest extends ServerTest {
    private static final String COMPLIANCE = TestIssuer.user("compliance", "openid");

    private final SaidConsents consents;
    private final Users users;
    private final JdbcClient jdbc;
    private final String clinician = UUID.randomUUID().toString();
    private final String patientUser = UUID.randomUUID().toString();
    private String patient = "";
    private String vital = "";
    private String result = "";

    @Autowired
    ExplainTest(SaidConsents consents, Users users, JdbcClient jdbc) {
        this.consents = consents;
        this.users = users;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void aRecordAndItsPeople() {
        patient = id(new Patient().setActive(true));
        vital = "Observation/" + id(observation("vital-signs"));
        result = "Observation/" + id(observation("laboratory"));
        assertThat(me(clinician("user/*.cruds"))).isEqualTo(200);
        assertThat(me(own("patient/*.rs"))).isEqualTo(200);
    }

    private int me(String token) {
        return sendAs(token, HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/api/me"))))
                .statusCode();
    }

    private String clinician(String scopes) {
        return user(clinician, "clinician", "Practitioner/1", scopes, null);
    }

    private String own(String scopes) {
        return user(patientUser, "patient", "Patient/" + patient, scopes, patient);
    }

    private static String user(
            String subject,
            String role,
            String fhirUser,
            String scopes,
            @org.jspecify.annotations.Nullable String patient) {
        return TestIssuer.token(claims -> {
            claims.subject(subject)
                    .claim("scope", scopes)
                    .claim("sid", subject)
                    .claim("fhirUser", fhirUser)
                    .claim("realm_access", Map.of("roles", List.of(role)));
            if (patient != null) {
                claims.claim("patient", patient);
            }
        });
    }

    @Test
    void eachRuleIsNamedWhereItDecidesAndTheServerActsByIt() throws JsonProcessingException {
        assertRule("no-consent", result, "user/*.cruds");
        Grant grant = consents.grant(clinician, patient, EnumSet.of(Part.TEST_RESULTS), Action.READ);
        JsonNode consent = assertRule("consent", result, "user/*.cruds");
        assertThat(consent.path("consent").asText()).isEqualTo(grant.id().toString());
        assertThat(texts(consent, "step")).containsExactly("token", "scope", "type", "resource", "record", "consent");
        JsonNode permission = assertRule("permission", vital, "user/*.cruds");
        assertThat(permission.path("consent").asText()).isEqualTo(grant.id().toString());
        consents.grant(clinician, patient, EnumSet.of(Part.ALL_PHI), Action.READ);
        assertRule("consent", vital, "user/*.cruds");
        Denial denial = consents.deny(clinician, patient, Part.VITAL_SIGNS);
        JsonNode denied = assertRule("denial", vital, "user/*.cruds");
        assertThat(denied.path("consent").asText()).isEqualTo(denial.id().toString());
        assertRule("scope", result, "user/Patient.rs");
        assertRule("qualifier", result, "user/Observation.rs?category=vital-signs");
        assertRule("unknown", "Observation/missing", "user/*.rs");
        assertRule("type", "Questionnaire/1", "user/*.rs");
        assertRule("shared-type", "Organization/" + id(new Organization().setName("Clinic")), "user/*.rs");
    }

    /** With the answer to the person's own request beside it. */
    private JsonNode assertRule(String rule, String resource, String scope) throws JsonProcessingException {
        JsonNode answer = json(explain(
                COMPLIANCE,
                Map.of("user", row(clinician), "client", "test-client", "resource", resource, "scope", scope)));
        assertThat(answer.path("rule").asText()).as(answer.toString()).isEqualTo(rule);
        assertThat(sendAs(clinician(scope), HttpRequest.newBuilder(URI.create(base() + "/" + resource)))
                                .statusCode()
                        == 200)
                .as(resource)
                .isEqualTo(answer.path("permitted").asBoolean());
        List<String> passed = texts(answer, "passed");
        assertThat(passed.get(passed.size() - 1))
                .isEqualTo(answer.path("permitted").asText());
        assertThat(passed.subList(0, passed.size() - 1)).doesNotContain("false");
        return answer;
    }

    @Test
    void theTokenIsAskedFirst() throws JsonProcessingException {
        JsonNode answer = json(explain(
                COMPLIANCE, Map.of("user", clinician, "client", "app", "resource", result, "scope", "patient/*.rs")));
        assertThat(answer.path("rule").asText()).isEqualTo("token");
        JsonNode launched = json(explain(
                COMPLIANCE,
                Map.of(
                        "user",
                        clinician,
                        "client",
                        "app",
                        "resource",
                        result,
                        "scope",
                        "patient/*.rs",
                        "patient",
                        patient)));
        assertThat(launched.path("rule").asText()).isEqualTo("no-consent");
        JsonNode theirs = json(explain(COMPLIANCE, Map.of("user", patientUser, "client", "app", "resource", result)));
        assertThat(theirs.path("rule").asText()).isEqualTo("own-record");
        JsonNode compliance =
                json(explain(COMPLIANCE, Map.of("user", someone("compliance"), "client", "app", "resource", result)));
        assertThat(compliance.path("rule").asText()).isEqualTo("role");
    }

    private String someone(String role) {
        String subject = UUID.randomUUID().toString();
        assertThat(me(user(subject, role, "Practitioner/2", "openid", null))).isEqualTo(200);
        return subject;
    }

    @Test
    void aConsentForOtherAddressesOrAppsIsNamedAsThat() throws JsonProcessingException {
        String grant = jdbc.sql("""
                        insert into holovitals.consent_grants (id, kind, patient_fhir_id, patient_id, specialist_id, permissions,
                          restrictions, reason, requested_duration, status, granted_at, expires_at)
                        values (gen_random_uuid(), 'clinician', ?, ?::uuid, ?::uuid, '[{"resource": "all_phi", "action": "read"}]',
                          '{"addresses": ["192.0.2.0/24"], "clients": ["chart"]}', '', 24, 'approved', now(), now() + interval '1 day')
                        returning id::text
                        """)
                .params(patient, row(patientUser), row(clinician))
                .query(String.class)
                .single();
        Map<String, String> elsewhere = Map.of("user", clinician, "client", "chart", "resource", result);
        JsonNode answer = json(explain(COMPLIANCE, elsewhere));
        assertThat(answer.path("rule").asText()).isEqualTo("restriction");
        assertThat(answer.path("consent").asText()).isEqualTo(grant);
        assertThat(json(explain(own("patient/*.rs"), elsewhere)).path("consent").asText())
                .isEqualTo(grant);
        assertThat(rule("chart", "198.51.100.1")).isEqualTo("restriction");
        assertThat(rule("other", "192.0.2.7")).isEqualTo("restriction");
        assertThat(rule("chart", "192.0.2.7")).isEqualTo("consent");
    }

    private String rule(String client, String address) throws JsonProcessingException {
        return json(explain(
                        COMPLIANCE,
                        Map.of("user", clinician, "client", client, "resource", result, "address", address)))
                .path("rule")
                .asText();
    }

    @Test
    void whatTheAppWasTakenToBeGrantedIsSaid() throws JsonProcessingException {
        Map<String, String> question = Map.of("user", clinician, "client", "app", "resource", result);
        assertThat(json(explain(COMPLIANCE, question)).path("scopes").toString())
                .isEqualTo("{\"scope\":\"user/*.cruds\",\"from\":\"assumption\"}");
        Map<String, String> told = new HashMap<>(question);
        told.put("scope", "user/Observation.r");
        assertThat(json(explain(COMPLIANCE, told)).path("scopes").toString())
                .isEqualTo("{\"scope\":\"user/Observation.r\",\"from\":\"question\"}");
    }

    @Test
    void writesAreAskedAboutToo() throws JsonProcessingException {
        consents.grant(clinician, patient, EnumSet.of(Part.TEST_RESULTS), Action.READ, Action.CORRECT);
        for (Map.Entry<String, String> expected : Map.of(
                        "read", "consent", "search", "consent", "update", "consent", "delete", "permission")
                .entrySet()) {
            JsonNode answer = json(explain(
                    COMPLIANCE,
                    Map.of("user", clinician, "client", "app", "resource", result, "interaction", expected.getKey())));
            assertThat(answer.path("rule").asText()).as(expected.getKey()).isEqualTo(expected.getValue());
        }
    }

    @Test
    void aPatientAsksAboutTheOwnRecordOnly() throws JsonProcessingException {
        String other = id(new Patient().setActive(true));
        Grant grant = consents.grant(clinician, patient, EnumSet.of(Part.ALL_PHI), Action.READ);
        Grant foreign = consents.grant(clinician, other, EnumSet.of(Part.ALL_PHI), Action.READ);
        Map<String, String> question = Map.of("user", clinician, "client", "app", "resource", result);
        JsonNode answer = json(explain(own("patient/*.rs"), question));
        assertThat(answer.path("permitted").asBoolean()).isTrue();
        assertThat(answer.path("consent").asText()).isEqualTo(grant.id().toString());
        String stranger = TestIssuer.patient(other, "patient/*.rs");
        HttpResponse<String> hidden = explain(stranger, question);
        HttpResponse<String> missing =
                explain(stranger, Map.of("user", clinician, "client", "app", "resource", "Observation/missing"));
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.body()).isEqualTo(missing.body());
        Observation ofBoth = observation("laboratory").addPerformer(new Reference("Patient/" + other));
        String shared = "Observation/" + id(ofBoth);
        assertThat(explain(own("patient/*.rs"), Map.of("user", clinician, "client", "app", "resource", shared))
                        .body())
                .doesNotContain(foreign.id().toString());
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        Map<String, String> good = Map.of("user", clinician, "client", "app", "resource", result);
        for (Map<String, String> wrong : List.of(
                Map.of("client", "app", "resource", result),
                Map.of("user", clinician, "resource", result),
                Map.of("user", clinician, "client", "app"),
                Map.of("user", clinician, "client", "app", "resource", "Nothing/1"),
                Map.of("user", clinician, "client", "app", "resource", "Observation"),
                Map.of("user", clinician, "client", "app", "resource", result, "address", "example.org"),
                Map.of("user", clinician, "client", "app", "resource", result, "interaction", "create"))) {
            assertThat(explain(COMPLIANCE, wrong).statusCode())
                    .as(wrong.toString())
                    .isEqualTo(400);
        }
        assertThat(explain(COMPLIANCE, Map.of("user", "nobody", "client", "app", "resource", result))
                        .statusCode())
                .isEqualTo(404);
        assertThat(explain(COMPLIANCE, good).body()).doesNotContain("laboratory", "c-lab");
        assertThat(explain(clinician("user/*.cruds"), good).statusCode()).isEqualTo(403);
    }

    private String row(String subject) {
        return users.bySubject(subject).orElseThrow().toString();
    }

    private HttpResponse<String> explain(String token, Map<String, String> question) {
        List<String> pairs = new ArrayList<>();
        question.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return sendAs(
                token,
                HttpRequest.newBuilder(
                        URI.create(base().replace("/fhir", "/api/explain-access?") + String.join("&", pairs))));
    }

    private static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static List<String> texts(JsonNode answer, String name) {
        List<String> texts = new ArrayList<>();
        answer.path("steps").forEach(step -> texts.add(step.path(name).asText()));
        return texts;
    }

    private Observation observation(String category) {
        Observation observation = new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setSubject(new Reference("Patient/" + patient))
                .setCode(new CodeableConcept().addCoding(new Coding("urn:code", "c-lab", null)));
        return observation.addCategory(new CodeableConcept().addCoding(new Coding("urn:x", category, null)));
    }

    private String id(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }
}
