package org.holovitals.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

final class LaunchesTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "0d4f7e3c-52f5-4d39-8f0e-6b1c2a3d4e5f";

    private final JdbcClient jdbc;
    private String patient = "";
    private String other = "";
    private String encounter = "";
    private String encounterOfOther = "";

    @Autowired
    LaunchesTest(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @BeforeEach
    void twoRecords() {
        patient = id(patient("Ada", "Lovelace"));
        other = id(patient("Grace", "Hopper"));
        encounter = id(encounter(patient));
        encounterOfOther = id(encounter(other));
    }

    @Test
    void aLaunchIsOpenedOnceByItsApp() throws IOException {
        String launch = made(Map.of(
                "client",
                "app",
                "patient",
                patient,
                "encounter",
                encounter,
                "intent",
                "order-review",
                "needPatientBanner",
                false,
                "smartStyleUrl",
                "https://ehr.example/style.json"));

        assertThat(open(launch, "another-app", patient).statusCode()).isEqualTo(404);
        HttpResponse<String> opened = open(launch, "app", patient);

        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        assertThat(JSON.readTree(opened.body()))
                .isEqualTo(JSON.valueToTree(Map.of(
                        "patient",
                        patient,
                        "encounter",
                        encounter,
                        "intent",
                        "order-review",
                        "need_patient_banner",
                        false,
                        "smart_style_url",
                        "https://ehr.example/style.json")));
        assertThat(open(launch, "app", patient).statusCode()).as("a replay").isEqualTo(404);
    }

    @Test
    void aLaunchWithNothingElseAsksForABanner() throws IOException {
        String launch = made(Map.of("client", "app", "patient", patient));
        assertThat(JSON.readTree(open(launch, "app", patient).body()))
                .isEqualTo(JSON.valueToTree(Map.of("patient", patient, "need_patient_banner", true)));
    }

    @Test
    void theHandleIsLongRandomAndNotKept() throws IOException {
        HttpResponse<String> answer = make(TestIssuer.system(), Map.of("client", "app", "patient", patient));
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode made = JSON.readTree(answer.body());
        String handle = made.path("launch").asText();
        assertThat(handle).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(made(Map.of("client", "app", "patient", patient)));
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(made.path("expiresAt").asText())))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(jdbc.sql("select count(*) from holovitals.launches l where l::text like ?")
                        .param("%" + handle + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anExpiredLaunchIsUnknown() throws IOException {
        String launch = made(Map.of("client", "app", "patient", patient));
        jdbc.sql("update holovitals.launches set expires_at = now() where patient_fhir_id = ?")
                .param(patient)
                .update();
        assertThat(open(launch, "app", patient).statusCode()).isEqualTo(404);
    }

    @Test
    void aLaunchForOneUserIsUnknownToOthers() throws IOException {
        String bySubject = made(Map.of("client", "app", "patient", patient, "user", USER));
        String byName = made(Map.of("client", "app", "patient", patient, "user", "ADA"));

        assertThat(open(bySubject, "app", person(UUID.randomUUID().toString(), USER, List.of("patient"), patient))
                        .statusCode())
                .as("a login name that looks like an id")
                .isEqualTo(404);
        assertThat(open(byName, "app", person(USER, "eve", List.of("patient"), patient))
                        .statusCode())
                .isEqualTo(404);
        assertThat(open(bySubject, "app", person(USER, "eve", List.of("patient"), patient))
                        .statusCode())
                .isEqualTo(200);
        assertThat(open(byName, "app", person(USER, "ada", List.of("patient"), patient))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoMayNotSeeThePatientDoesNotLearnOfTheLaunch() throws IOException {
        String launch = made(Map.of("client", "app", "patient", patient));
        for (Map<String, Object> stranger : List.of(
                person(USER, "grace", List.of("patient"), other),
                person(USER, "nobody", List.of(), patient),
                person(USER, "admin", List.of("admin", "compliance"), patient),
                person(USER, "without-consent", List.of("clinician"), ""))) {
            assertThat(open(launch, "app", stranger).statusCode())
                    .as(stranger.toString())
                    .isEqualTo(404);
        }
        assertThat(open(launch, "app", patient).statusCode())
                .as("it still waits for whom it is for")
                .isEqualTo(200);
        assertThat(jdbc.sql("""
                        select a.outcome from holovitals.audit_logs a
                        where a.action = 'launch' and ? = any (a.patients) and a.client_id = 'app' order by a.timestamp
                        """).param(patient).query(String.class).list())
                .containsExactly("refused", "refused", "refused", "refused", "success");
    }

    @Test
    void aClinicianWithoutConsentMakesNoLaunch() {
        assertProblem(
                make(TestIssuer.user("clinician", "user/*.cruds"), Map.of("client", "app", "patient", patient)),
                422,
                "launch-patient-unknown");
    }

    @Test
    void aServiceMakesLaunchesWithinItsScopesOnly() {
        String encountersOnly = TestIssuer.token(claims -> claims.claim("scope", "system/Encounter.rs"));
        assertProblem(make(encountersOnly, Map.of("client", "app", "patient", patient)), 422, "launch-patient-unknown");
        String patientsOnly = TestIssuer.token(claims -> claims.claim("scope", "system/Patient.rs"));
        assertProblem(
                make(patientsOnly, Map.of("client", "app", "patient", patient, "encounter", encounter)),
                422,
                "launch-encounter-unknown");
    }

    @Test
    void badInputIsNamed() {
        assertWrong(Map.of("patient", patient), 400, "client is missing");
        assertWrong(Map.of("client", "app"), 400, "patient is missing");
        assertWrong(Map.of("client", " ", "patient", patient), 400, "client has to be text");
        assertWrong(Map.of("client", "app", "patient", "Patient/" + patient), 400, "patient has to be the id");
        assertWrong(Map.of("client", "app", "patient", "none"), 422, "launch-patient-unknown");
        assertWrong(Map.of("client", "app", "patient", encounter), 422, "launch-patient-unknown");
        assertWrong(
                Map.of("client", "app", "patient", patient, "encounter", encounterOfOther),
                422,
                "launch-encounter-unknown");
        assertWrong(Map.of("client", "app", "patient", patient, "encounter", "none"), 422, "launch-encounter-unknown");
        assertWrong(
                Map.of("client", "app", "patient", patient, "smartStyleUrl", "javascript:alert(1)"),
                400,
                "smartStyleUrl");
        assertWrong(Map.of("client", "app", "patient", patient, "intent", "x".repeat(256)), 400, "intent");
        assertWrong(
                Map.of("client", "app", "patient", patient, "needPatientBanner", "maybe"), 400, "needPatientBanner");
        client().delete().resourceById("Encounter", encounter).execute();
        assertWrong(
                Map.of("client", "app", "patient", patient, "encounter", encounter), 422, "launch-encounter-unknown");
    }

    @Test
    void thePickerLearnsNames() throws IOException {
        HttpResponse<String> answer =
                call("/patients", callToken(claims -> {}), Map.of("patients", List.of(patient, "none"), "user", USER));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()))
                .isEqualTo(JSON.valueToTree(Map.of(
                        "patients",
                        List.of(Map.of("id", patient, "name", "Ada Lovelace", "birthDate", "1815-12-10")))));
    }

    @Test
    void onlyTheIdentityProviderCalls() {
        Map<String, Object> body = Map.of("patients", List.of(patient), "user", USER);
        Instant now = Instant.now();
        List<String> wrong = List.of(
                TestIssuer.system(),
                TestIssuer.user("admin", "openid"),
                "garbage",
                callToken(claims -> claims.claim("typ", "Bearer")),
                callToken(claims -> claims.audience(TestIssuer.AUDIENCE)),
                callToken(claims -> claims.issuer("https://elsewhere.example")),
                callToken(claims -> claims.jwtID(null)),
                callToken(claims -> claims.expirationTime(Date.from(now.minusSeconds(60)))),
                callToken(claims -> claims.expirationTime(Date.from(now.plusSeconds(3600)))),
                callToken(claims -> claims.expirationTime(null)));
        for (String token : wrong) {
            HttpResponse<String> answer = call("/patients", token, body);
            assertThat(answer.statusCode()).as(token + answer.body()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("Lovelace");
        }
        assertThat(sendBare(callRequest("/patients", body)).statusCode()).isEqualTo(401);
    }

    @Test
    void aCallIsAnsweredOnce() {
        String token = callToken(claims -> {});
        Map<String, Object> body = Map.of("patients", List.of(patient), "user", USER);
        assertThat(call("/patients", token, body).statusCode()).isEqualTo(200);
        assertThat(call("/patients", token, body).statusCode()).isEqualTo(401);
    }

    @Test
    void aCallsTokenOpensNothingElse() {
        assertThat(sendAs(
                                callToken(claims -> claims.audience(TestIssuer.AUDIENCE)),
                                HttpRequest.newBuilder(URI.create(base() + "/Patient")))
                        .statusCode())
                .isEqualTo(401);
    }

    private String made(Map<String, Object> request) throws IOException {
        HttpResponse<String> answer = make(TestIssuer.system(), request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("launch").asText();
    }

    private HttpResponse<String> make(String token, Map<String, Object> request) {
        return sendAs(token, json("/api/launches", request));
    }

    private void assertWrong(Map<String, Object> request, int status, String text) {
        assertProblem(make(TestIssuer.system(), request), status, text);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
    }

    private HttpResponse<String> open(String launch, String client, String ownRecord) {
        return open(launch, client, person(USER, "ada", List.of("patient"), ownRecord));
    }

    private HttpResponse<String> open(String launch, String client, Map<String, Object> person) {
        Map<String, Object> body = new java.util.HashMap<>(person);
        body.put("launch", launch);
        body.put("client", client);
        return call("/context", callToken(claims -> {}), body);
    }

    private static Map<String, Object> person(String subject, String name, List<String> roles, String record) {
        return Map.of("user", subject, "userName", name, "roles", roles, "patients", List.of(record));
    }

    private HttpResponse<String> call(String path, String token, Map<String, Object> body) {
        return sendAs(token, callRequest(path, body));
    }

    private HttpRequest.Builder callRequest(String path, Map<String, Object> body) {
        return json("/launches" + path, body);
    }

    private HttpRequest.Builder json(String path, Map<String, Object> body) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", path)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()));
    }

    /** As the realm signs it. */
    private static String callToken(Consumer<JWTClaimsSet.Builder> change) {
        return TestIssuer.token(claims -> {
            claims.claim("typ", "holovitals-launch")
                    .claim("azp", null)
                    .subject("keycloak")
                    .audience(TestIssuer.LAUNCH_URL)
                    .expirationTime(Date.from(Instant.now().plusSeconds(30)));
            change.accept(claims);
        });
    }

    private String id(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }

    private static Patient patient(String given, String family) {
        Patient patient = new Patient();
        patient.addName().addGiven(given).setFamily(family);
        patient.getBirthDateElement().setValueAsString("1815-12-10");
        return patient;
    }

    private static Encounter encounter(String patient) {
        return new Encounter()
                .setStatus(Encounter.EncounterStatus.INPROGRESS)
                .setClass_(new Coding().setCode("AMB"))
                .setSubject(new Reference("Patient/" + patient));
    }
}
