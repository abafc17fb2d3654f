package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scopes of a token let it do on the real endpoint. */
final class ScopesTest extends ServerTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category|";

    private String a = "";
    private String b = "";

    @BeforeEach
    void twoPatients() {
        a = id(new Patient().setActive(true));
        b = id(new Patient().setActive(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "r", "u", "d", "s", "cr", "ru", "cud", "rs", "cruds"})
    void eachLetterPermitsItsInteractionsAndNoOthers(String letters) {
        for (String level : List.of("patient", "system")) {
            String token = level.equals("patient")
                    ? TestIssuer.patient(a, "patient/Observation." + letters)
                    : TestIssuer.token(claims -> claims.claim("scope", "system/Observation." + letters));
            String id = id(observation(a, "vital-signs"));
            Map<String, HttpResponse<String>> answers = Map.of(
                    "c", send(token, "POST", "/Observation", observation(a, "laboratory")),
                    "r", send(token, "GET", "/Observation/" + id, null),
                    "u", send(token, "PUT", "/Observation/" + id, with(id, observation(a, "survey"))),
                    "s", send(token, "GET", "/Observation?_id=" + id, null),
                    "d", send(token, "DELETE", "/Observation/" + id(observation(a, "exam")), null));
            answers.forEach((letter, answer) -> {
                if (letters.contains(letter)) {
                    assertThat(answer.statusCode())
                            .as(level + letters + letter + answer.body())
                            .isIn(200, 201, 204);
                } else {
                    assertThat(answer.statusCode()).as(level + letters + letter).isEqualTo(403);
                }
            });
            assertThat(send(token, "GET", "/Observation/" + id + "/_history", null)
                            .statusCode())
                    .isEqualTo(letters.contains("r") ? 200 : 403);
            assertThat(send(token, "GET", "/Condition", null).statusCode()).isEqualTo(403);
            assertThat(send(token, "GET", "/Observation/_history", null).statusCode())
                    .isEqualTo(letters.contains("s") && level.equals("system") ? 200 : 403);
        }
    }

    @Test
    void aTokenWithoutScopesDoesNothing() {
        for (String token : List.of(
                TestIssuer.patient(a, "openid fhirUser"),
                TestIssuer.user("admin", "user/*.cruds"),
                TestIssuer.user("compliance", "user/*.cruds"),
                TestIssuer.user("nobody", "user/*.cruds"))) {
            assertThat(send(token, "GET", "/Patient/" + a, null).statusCode()).isIn(403, 404);
            assertThat(send(token, "GET", "/Patient?_id=" + a, null).body()).doesNotContain("\"Patient\"");
            assertThat(send(token, "POST", "/Observation", observation(a, "x")).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aQualifierHoldsOnReadSearchIncludeHistoryAndWrites() {
        for (String scopes : List.of(
                "system/Observation.cruds?category=" + CATEGORY + "vital-signs",
                "patient/Observation.cruds?category=" + CATEGORY + "vital-signs")) {
            twoPatients();
            String token = scopes.startsWith("patient")
                    ? TestIssuer.patient(a, scopes)
                    : TestIssuer.token(claims -> claims.claim("scope", scopes));
            String vital = id(observation(a, "vital-signs"));
            String lab = id(observation(a, "laboratory").addDerivedFrom(new Reference("Observation/" + vital)));
            String derived = id(observation(a, "vital-signs").addDerivedFrom(new Reference("Observation/" + lab)));
            assertThat(send(token, "GET", "/Observation/" + vital, null).statusCode())
                    .as(scopes)
                    .isEqualTo(200);
            for (String path : List.of("/Observation/" + lab, "/Observation/" + lab + "/_history/1")) {
                assertThat(send(token, "GET", path, null).statusCode())
                        .as(scopes + path)
                        .isEqualTo(404);
            }
            assertThat(send(token, "GET", "/Observation/" + lab + "/_history", null)
                            .body())
                    .doesNotContain("laboratory");
            for (String search : List.of(
                    "Observation?patient=" + a,
                    "Observation?_id=" + lab + "," + vital + "," + derived,
                    "Observation?patient=" + a
                            + "&_include=Observation:derived-from&_revinclude=Observation:derived-from")) {
                HttpResponse<String> found = send(token, "GET", "/" + search, null);
                assertThat(found.body())
                        .as(search)
                        .contains(vital, derived, "\"total\":2")
                        .doesNotContain("\"" + lab);
            }
            assertThat(send(token, "GET", "/Observation?patient=" + a + "&category=laboratory", null)
                            .body())
                    .contains("\"total\":0");
            assertThat(send(token, "POST", "/Observation", observation(a, "laboratory"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(token, "POST", "/Observation", observation(a, "vital-signs"))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(send(token, "PUT", "/Observation/" + vital, with(vital, observation(a, "laboratory")))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(token, "PUT", "/Observation/" + lab, with(lab, observation(a, "vital-signs")))
                            .statusCode())
                    .isIn(403, 404);
            assertThat(send(token, "DELETE", "/Observation/" + lab, null).statusCode())
                    .isIn(403, 404);
        }
    }

    @Test
    void scopesOfSeveralCategoriesOpenEachOfThem() {
        String vital = id(observation(a, "vital-signs"));
        String lab = id(observation(a, "laboratory"));
        String survey = id(observation(a, "survey"));
        String coded = id(observation(a, "exam"));
        String token = TestIssuer.patient(
                a,
                "patient/Observation.rs?category=" + CATEGORY + "vital-signs"
                        + " patient/Observation.rs?category=" + CATEGORY + "laboratory"
                        + " patient/Observation.rs?code=urn:code|c-exam patient/Observation.rs?nonsense=x");
        assertThat(send(token, "GET", "/Observation?patient=" + a, null).body())
                .contains(vital, lab, coded, "\"total\":3")
                .doesNotContain(survey);
        assertThat(send(token, "GET", "/Observation", null).body())
                .contains(vital, lab, coded, "\"total\":3")
                .doesNotContain(survey);
        assertThat(send(token, "GET", "/Observation/" + survey, null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void nothingIsWrittenBeyondThePatient() {
        String token = TestIssuer.patient(a, "patient/*.cruds");
        String ofB = id(observation(b, "vital-signs"));
        String ofA = id(observation(a, "vital-signs"));
        assertThat(send(token, "POST", "/Observation", observation(b, "exam")).statusCode())
                .isEqualTo(403);
        assertThat(send(token, "POST", "/Patient", new Patient()).statusCode()).isEqualTo(403);
        assertThat(send(token, "POST", "/Organization", new org.hl7.fhir.r4.model.Organization().setName("x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(
                                token,
                                "POST",
                                "/Observation",
                                observation(a, "exam").addPerformer(new Reference("Patient/" + b)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(token, "PUT", "/Observation/" + ofA, with(ofA, observation(b, "exam")))
                        .statusCode())
                .isEqualTo(403);
        for (String hidden : List.of(ofB, "missing-" + UUID.randomUUID())) {
            assertThat(send(token, "PUT", "/Observation/" + hidden, with(hidden, observation(a, "exam")))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(token, "DELETE", "/Observation/" + hidden, null).statusCode())
                    .isEqualTo(404);
            assertThat(patch(token, hidden).statusCode()).isEqualTo(404);
        }
        assertThat(patch(token, ofA).statusCode()).isEqualTo(200);
        send(token, "DELETE", "/Observation?_id=" + ofB, null);
        assertThat(send(token, "PUT", "/Observation?_id=" + ofB, observation(a, "exam"))
                        .statusCode())
                .isNotEqualTo(200);
        assertThat(send(TestIssuer.system(), "GET", "/Observation/" + ofB, null).body())
                .contains("\"versionId\":\"1\"");
        Observation probing = observation(a, "exam").addDerivedFrom(new Reference("Observation/" + ofB));
        HttpResponse<String> hidden = send(token, "POST", "/Observation", probing);
        HttpResponse<String> missing = send(
                token,
                "POST",
                "/Observation",
                observation(a, "exam").addDerivedFrom(new Reference("Observation/missing")));
        assertThat(hidden.statusCode()).isEqualTo(missing.statusCode());
        assertThat(hidden.body().replace(ofB, "missing")).isEqualTo(missing.body());
    }

    @Test
    void eachEntryOfABatchStandsForItselfAndATransactionFallsAsAWhole() {
        String token = TestIssuer.patient(a, "patient/Observation.cr patient/Patient.r");
        String ofB = id(observation(b, "vital-signs"));
        for (BundleType type : List.of(BundleType.BATCH, BundleType.TRANSACTION)) {
            Bundle bundle = new Bundle().setType(type);
            add(bundle, HTTPVerb.POST, "Observation", observation(a, "exam"));
            add(bundle, HTTPVerb.POST, "Observation", observation(b, "exam"));
            add(bundle, HTTPVerb.PUT, "Observation/" + ofB, with(ofB, observation(a, "exam")));
            add(bundle, HTTPVerb.DELETE, "Observation/" + ofB, null);
            add(bundle, HTTPVerb.GET, "Observation/" + ofB, null);
            add(bundle, HTTPVerb.GET, "Observation?patient=" + a, null);
            add(bundle, HTTPVerb.GET, "Patient/" + a, null);
            HttpResponse<String> answer = send(token, "POST", "", bundle);
            if (type == BundleType.TRANSACTION) {
                assertThat(answer.statusCode()).as(answer.body()).isIn(403, 404);
            } else {
                assertThat(FHIR.newJsonParser()
                                .parseResource(Bundle.class, answer.body())
                                .getEntry())
                        .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                        .containsExactly("201", "403", "403", "403", "404", "403", "200");
            }
        }
        assertThat(send(TestIssuer.system(), "GET", "/Observation?patient=" + a, null)
                        .body())
                .contains("\"total\":1");
    }

    @Test
    void conditionsAreSearchesOfTheCaller() {
        String tag = "mrn-" + UUID.randomUUID();
        Observation ofB = observation(b, "exam");
        ofB.addIdentifier().setSystem("urn:x").setValue(tag);
        id(ofB);
        String token = TestIssuer.patient(a, "patient/*.cruds");
        Observation mine = observation(a, "exam");
        mine.addIdentifier().setSystem("urn:x").setValue(tag);
        HttpResponse<String> created = sendAs(
                token,
                request("/Observation")
                        .header("Content-Type", "application/fhir+json")
                        .header("If-None-Exist", "identifier=urn:x%7C" + tag)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                FHIR.newJsonParser().encodeResourceToString(mine))));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        add(
                bundle,
                HTTPVerb.POST,
                "Observation",
                observation(a, "exam").addDerivedFrom(new Reference("Observation?identifier=urn:x|" + tag)));
        HttpResponse<String> resolved = send(token, "POST", "", bundle);
        assertThat(resolved.statusCode()).as(resolved.body()).isEqualTo(200);
        String writer = TestIssuer.patient(a, "patient/Observation.cud");
        assertThat(send(writer, "PUT", "/Observation?identifier=urn:x%7C" + tag, mine)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatGoesPastSingleResourcesIsForServicesWithAllScopes() {
        String parameters = "{\"resourceType\":\"Parameters\"}";
        for (String operation : List.of(
                "/$expunge",
                "/$reindex",
                "/$delete-expunge",
                "/$import",
                "/$export",
                "/$nothing",
                "/Patient/$export",
                "/$get-resource-counts",
                "/Patient/" + a + "/$expunge",
                "/$process-message")) {
            for (String token : List.of(
                    TestIssuer.patient(a, "patient/*.cruds user/*.cruds"),
                    TestIssuer.user("clinician", "user/*.cruds"),
                    TestIssuer.token(claims -> claims.claim("scope", "system/Patient.r")))) {
                HttpResponse<String> answer = sendAs(
                        token,
                        request(operation)
                                .header("Content-Type", "application/fhir+json")
                                .header("Prefer", "respond-async")
                                .POST(HttpRequest.BodyPublishers.ofString(parameters)));
                assertThat(answer.statusCode()).as(operation + answer.body()).isIn(400, 403, 404);
                assertThat(answer.body()).as(operation).doesNotContain("Parameters");
            }
        }
    }

    @Test
    void anExportIsForWhoStartedIt() {
        String owner =
                TestIssuer.token(claims -> claims.claim("scope", "system/*.rs").claim("azp", "owner"));
        String other =
                TestIssuer.token(claims -> claims.claim("scope", "system/*.rs").claim("azp", "other"));
        String narrow = TestIssuer.token(claims -> claims.claim("scope", "system/Patient.rs"));
        assertThat(export(narrow, "/$export?_type=Patient,Observation").statusCode())
                .isEqualTo(403);
        assertThat(export(TestIssuer.token(claims -> claims.claim("scope", "system/Patient.r")), "/$export")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> started = export(owner, "/$export?_type=Organization");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        URI job = URI.create(started.headers().firstValue("Content-Location").orElseThrow());
        assertThat(sendAs(owner, HttpRequest.newBuilder(job)).statusCode()).isIn(200, 202);
        assertThat(sendAs(other, HttpRequest.newBuilder(job)).statusCode()).isEqualTo(404);
        assertThat(sendAs(other, HttpRequest.newBuilder(job).DELETE()).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> export(String token, String path) {
        return sendAs(token, request(path).header("Prefer", "respond-async"));
    }

    private HttpResponse<String> patch(String token, String id) {
        return sendAs(
                token,
                request("/Observation/" + id)
                        .header("Content-Type", "application/json-patch+json")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(
                                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]")));
    }

    private HttpResponse<String> send(
            String token, String method, String path, @org.jspecify.annotations.Nullable Resource body) {
        return sendAs(
                token,
                request(path)
                        .header("Content-Type", "application/fhir+json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(
                                                FHIR.newJsonParser().encodeResourceToString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path.replace("|", "%7C")));
    }

    private static void add(
            Bundle bundle, HTTPVerb method, String url, @org.jspecify.annotations.Nullable Resource resource) {
        Bundle.BundleEntryComponent entry = bundle.addEntry();
        entry.getRequest().setMethod(method).setUrl(url);
        if (resource != null) {
            entry.setResource(resource);
        }
    }

    private static Observation observation(String patient, String category) {
        Observation made = TwoPatients.observation(new Reference("Patient/" + patient), "measured", category);
        return made.setCode(new CodeableConcept().addCoding(made.getCode().getCodingFirstRep()));
    }

    private static Observation with(String id, Observation observation) {
        observation.setId(id);
        return observation;
    }

    private String id(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }
}
