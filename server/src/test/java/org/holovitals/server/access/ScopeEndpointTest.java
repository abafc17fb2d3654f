package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Scopes on the real endpoint: each interaction with sample types in every spelling, jobs, and what is for operators. */
final class ScopeEndpointTest extends ServerTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Set<String> SHARED = Set.of("Organization");
    private static final Set<String> OF_NOBODY = Set.of("Questionnaire");
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("read", "rs"),
            Map.entry("write", "cud"),
            Map.entry("*", "cruds"),
            Map.entry("c", "c"),
            Map.entry("r", "r"),
            Map.entry("u", "u"),
            Map.entry("d", "d"),
            Map.entry("s", "s"),
            Map.entry("rs", "rs"),
            Map.entry("cud", "cud"),
            Map.entry("cruds", "cruds"),
            Map.entry("sr", ""),
            Map.entry("read?_tag=x", ""));

    private String patient = "";

    @BeforeEach
    void aPatient() {
        patient = id(new Patient().setActive(true));
    }

    @Test
    void eachInteractionNeedsItsLetterInEverySpelling(TestReporter reporter) {
        AtomicInteger cases = new AtomicInteger();
        // Side by side: each waits for its answers only.
        Stream.of("patient", "user", "system")
                .flatMap(level -> SPELLINGS.keySet().stream()
                        .flatMap(spelling -> samples().stream().map(sample -> new Cell(level, spelling, sample))))
                .toList()
                .parallelStream()
                .forEach(cell -> cases.addAndGet(assertCell(cell)));
        reporter.publishEntry("scope table over HTTP, cases", String.valueOf(cases));
        assertThat(cases).hasValue(3 * SPELLINGS.size() * 5 * 5);
    }

    /** A scope, and a resource that it is about. */
    private record Cell(String level, String spelling, Resource sample) {
        String scope() {
            return level + "/" + sample.fhirType() + "." + spelling;
        }
    }

    /** Asks for each interaction; returns how many there are. */
    private int assertCell(Cell cell) {
        String type = cell.sample().fhirType();
        Map<Character, HttpResponse<String>> answers = answers(token(cell.level(), cell.scope()), cell.sample());
        answers.forEach((letter, answer) -> {
            boolean isMeant = String.valueOf(SPELLINGS.get(cell.spelling())).indexOf(letter) >= 0
                    && (cell.level().equals("system") || isListed(type, letter));
            assertThat(answer.statusCode())
                    .as(cell.scope() + " " + letter + answer.body())
                    .isIn(isMeant ? List.of(200, 201, 204) : List.of(403));
        });
        return answers.size();
    }

    private static boolean isListed(String type, char letter) {
        return !OF_NOBODY.contains(type) && (!SHARED.contains(type) || "rs".indexOf(letter) >= 0);
    }

    private List<Resource> samples() {
        Reference subject = new Reference("Patient/" + patient);
        return List.of(
                new Condition().setSubject(subject).setCode(new CodeableConcept().setText("Gout")),
                new Procedure().setSubject(subject).setStatus(Procedure.ProcedureStatus.COMPLETED),
                new Immunization()
                        .setPatient(subject)
                        .setStatus(Immunization.ImmunizationStatus.COMPLETED)
                        .setVaccineCode(new CodeableConcept().setText("Flu"))
                        .setOccurrence(new StringType("once")),
                new Organization().setName("Clinic"),
                new Questionnaire().setStatus(PublicationStatus.DRAFT));
    }

    private Map<Character, HttpResponse<String>> answers(String token, Resource sample) {
        String type = sample.fhirType();
        String there = id(sample.copy());
        Resource changed = sample.copy();
        changed.setLanguage("en");
        changed.setId(there);
        Map<Character, HttpResponse<String>> answers = new LinkedHashMap<>();
        answers.put('r', send(token, "GET", "/" + type + "/" + there, null));
        answers.put('s', send(token, "GET", "/" + type + "?_id=" + there, null));
        answers.put('c', send(token, "POST", "/" + type, sample.copy()));
        answers.put('u', send(token, "PUT", "/" + type + "/" + there, changed));
        answers.put('d', send(token, "DELETE", "/" + type + "/" + there, null));
        return answers;
    }

    private String token(String level, String scope) {
        return level.equals("system")
                ? TestIssuer.token(claims -> claims.claim("scope", scope))
                : TestIssuer.patient(patient, scope);
    }

    @Test
    void aScopeToReadDoesNotSearchInAnySpellingOfASearch() {
        String token = TestIssuer.patient(patient, "patient/Condition.r patient/Patient.r");
        String there = id(samples().get(0));
        assertThat(send(token, "GET", "/Condition/" + there, null).statusCode()).isEqualTo(200);
        for (String search : List.of(
                "/Condition",
                "/Condition?patient=" + patient,
                "/Condition?_id=" + there,
                "/Condition?_summary=count",
                "/Patient/" + patient + "/Condition",
                "/Patient?_id=" + patient + "&_revinclude=Condition:subject",
                "/Patient/" + patient + "/$everything",
                "/Patient/" + patient + "/$summary",
                "/Condition/_history",
                "/_history",
                "/?_type=Condition")) {
            HttpResponse<String> answer = send(token, "GET", search, null);
            assertThat(answer.statusCode()).as(search + answer.body()).isIn(400, 403, 404);
        }
        HttpResponse<String> posted = sendAs(
                token,
                HttpRequest.newBuilder(URI.create(base() + "/Condition/_search"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("patient=" + patient)));
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(403);
    }

    @Test
    void anAppWithoutScopesMeetsNothingOfAnyKind() {
        for (String token : List.of(
                TestIssuer.patient(patient, ""),
                TestIssuer.patient(patient, "openid fhirUser launch/patient offline_access"),
                TestIssuer.user("clinician", "openid"),
                TestIssuer.token(claims -> claims.claim("scope", "openid")),
                TestIssuer.token(claims -> {}))) {
            for (Resource sample : samples()) {
                answers(token, sample).forEach((letter, answer) -> assertThat(answer.statusCode())
                        .as(sample.fhirType() + letter + answer.body())
                        .isEqualTo(403));
            }
            assertThat(send(token, "GET", "/metadata", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Timeout(120)
    void theFilesAndTheEndOfAnExportAreForWhoStartedIt() throws IOException {
        id(new Organization().setName("Exported"));
        String owner = service("owner");
        URI job = export(owner);
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> sendAs(owner, HttpRequest.newBuilder(job)).statusCode() == 200);
        JsonNode manifest = new ObjectMapper()
                .readTree(sendAs(owner, HttpRequest.newBuilder(job)).body());
        URI file = URI.create(manifest.path("output").path(0).path("url").asText());
        String fewerScopesThanWhenItStarted = TestIssuer.token(claims ->
                claims.claim("scope", "system/Patient.rs").claim("azp", "owner").subject("owner"));
        List<String> services = List.of(
                service("other"),
                TestIssuer.token(
                        claims -> claims.claim("scope", "system/*.cruds").claim("azp", "third")),
                fewerScopesThanWhenItStarted);
        List<String> users = List.of(
                TestIssuer.user("admin", "user/*.cruds"),
                TestIssuer.user("clinician", "user/*.cruds"),
                TestIssuer.patient(patient, "patient/*.cruds user/*.cruds"));
        for (String other : Stream.concat(services.stream(), users.stream()).toList()) {
            boolean isService = services.contains(other);
            assertUnknown(isService, sendAs(other, HttpRequest.newBuilder(job)));
            assertUnknown(isService, sendAs(other, HttpRequest.newBuilder(job).DELETE()));
            for (String accept : List.of("application/fhir+ndjson", "application/fhir+json", "*/*")) {
                assertUnknown(
                        isService, sendAs(other, HttpRequest.newBuilder(file).header("Accept", accept)));
            }
        }
        HttpResponse<String> own =
                sendAs(owner, HttpRequest.newBuilder(file).header("Accept", "application/fhir+ndjson"));
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.body()).contains("\"Organization\"");
        URI running = export(owner);
        assertUnknown(
                true, sendAs(service("other"), HttpRequest.newBuilder(running).DELETE()));
        assertThat(sendAs(owner, HttpRequest.newBuilder(running).DELETE()).statusCode())
                .isEqualTo(202);
    }

    private URI export(String token) {
        HttpResponse<String> started = sendAs(
                token,
                HttpRequest.newBuilder(URI.create(base() + "/$export?_type=Organization"))
                        .header("Prefer", "respond-async"));
        return URI.create(started.headers().firstValue("Content-Location").orElseThrow());
    }

    /** To services as if there were no such thing; to users, who may not export, a refusal without a word on it. */
    private static void assertUnknown(boolean isService, HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as(answer.request() + answer.body())
                .isIn(isService ? List.of(404) : List.of(403, 404));
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("output", "Organization");
    }

    @Test
    void anAdministratorRunsWhatGoesPastSingleResources() {
        String admin = TestIssuer.user("admin", "openid");
        String gone = id(samples().get(0));
        String parameters = "{\"resourceType\":\"Parameters\",\"parameter\":[%s]}";
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put(
                "/$reindex", parameters.formatted("{\"name\":\"url\",\"valueString\":\"Condition?_id=" + gone + "\"}"));
        bodies.put(
                "/$delete-expunge",
                parameters.formatted("{\"name\":\"url\",\"valueString\":\"Condition?_id=" + gone + "\"}"));
        bodies.put(
                "/Condition/" + id(samples().get(0)) + "/$expunge",
                parameters.formatted("{\"name\":\"expungePreviousVersions\",\"valueBoolean\":true}"));
        bodies.put("/$expunge", parameters.formatted("{\"name\":\"expungeDeletedResources\",\"valueBoolean\":true}"));
        bodies.forEach((path, body) -> {
            HttpResponse<String> answer = sendAs(
                    admin,
                    HttpRequest.newBuilder(URI.create(base() + path))
                            .header("Content-Type", "application/fhir+json")
                            .header("Prefer", "respond-async")
                            .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(path + answer.body()).isBetween(200, 299);
        });
        HttpResponse<String> counts = send(admin, "GET", "/$get-resource-counts", null);
        assertThat(counts.statusCode()).as(counts.body()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> send(TestIssuer.system(), "GET", "/Condition/" + gone, null)
                                .statusCode()
                        == 404);
        assertThat(send(admin, "GET", "/Condition", null).statusCode()).isEqualTo(403);
    }

    private static String service(String client) {
        return TestIssuer.token(claims ->
                claims.claim("scope", "system/*.rs").claim("azp", client).subject(client));
    }

    private HttpResponse<String> send(
            String token, String method, String path, @org.jspecify.annotations.Nullable Resource body) {
        return sendAs(
                token,
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("Content-Type", "application/fhir+json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(
                                                FHIR.newJsonParser().encodeResourceToString(body))));
    }

    private String id(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }
}
