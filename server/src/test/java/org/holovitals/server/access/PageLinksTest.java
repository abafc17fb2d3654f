package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The link to a further page is for who searched, with the rights of that search, and for nobody else. */
final class PageLinksTest extends ServerTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String SCOPES = "patient/Observation.rs patient/Patient.r";

    private final JpaStorageSettings storage;
    private String a = "";
    private String b = "";

    @Autowired
    PageLinksTest(JpaStorageSettings storage) {
        this.storage = storage;
    }

    @BeforeEach
    void twoPatients() {
        a = patientWithObservations(5);
        b = patientWithObservations(3);
    }

    @Test
    void itsCallerWalksThroughAllPagesAlsoWithANewTokenOfTheSameRights() {
        String next = next(search(TestIssuer.patient(a, SCOPES), "/Observation?_count=2"));
        Bundle second = bundle(open(next, TestIssuer.patient(a, "openid patient/Patient.r patient/Observation.rs")));
        assertThat(second.getEntry()).hasSize(2);
        Bundle third = bundle(open(next(second), TestIssuer.patient(a, SCOPES)));
        assertThat(third.getEntry()).hasSize(1);
        assertThat(third.getLink(Bundle.LINK_NEXT)).isNull();
    }

    /** HAPI looks for the rest when it is asked for, under the same name. */
    @Test
    void aSearchBeyondWhatHapiFetchesAtFirstHasAllItsPages() {
        String many = patientWithObservations(28);
        String token = TestIssuer.patient(many, SCOPES);
        Bundle page = search(token, "/Observation?patient=" + many + "&category=vital-signs&_count=5&_sort=-date");
        int found = page.getEntry().size();
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            page = bundle(open(next(page), token));
            found += page.getEntry().size();
        }
        assertThat(found).isEqualTo(28);
    }

    @Test
    void whoeverElseHasItIsToldThatThereIsNoSuchSearch() {
        String token = TestIssuer.patient(a, SCOPES);
        for (String path : List.of("/Observation?_count=2", "/Patient/" + a + "/$everything?_count=2")) {
            String everything = path.contains("$") ? " patient/*.rs" : "";
            String mine = path.contains("$") ? TestIssuer.patient(a, SCOPES + everything) : token;
            String next = next(search(mine, path));
            Map<String, String> others = Map.of(
                    "another patient", TestIssuer.patient(b, SCOPES + everything),
                    "narrower scopes", TestIssuer.patient(a, "patient/Observation.r patient/Patient.r"),
                    "another app", patient(a, SCOPES + everything, "other-app", "5b7f6f7c-0d0e-4f2c-9c53-1f2b9d1f5a10"),
                    "another user",
                            patient(a, SCOPES + everything, "test-client", "6c8f6f7c-0d0e-4f2c-9c53-1f2b9d1f5a10"),
                    "a clinician", TestIssuer.user("clinician", "user/*.cruds"),
                    "an administrator", TestIssuer.user("admin", "user/*.cruds"),
                    "a service", TestIssuer.system());
            HttpResponse<String> unknown = open(next.replaceAll("_getpages=[^&]*", "_getpages=unknown"), mine);
            assertThat(unknown.statusCode()).isEqualTo(410);
            others.forEach((name, other) -> {
                HttpResponse<String> answer = open(next, other);
                assertThat(answer.statusCode()).as(name + answer.body()).isEqualTo(410);
                assertThat(answer.body().replace(id(next), "unknown")).as(name).isEqualTo(unknown.body());
            });
            assertThat(open(next, mine).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLinkIsRefusedAsAnEntryOfABatchToo() {
        String next = next(search(TestIssuer.system(), "/Observation?patient=" + b + "&_count=1"));
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(next.substring(next.indexOf('?')));
        HttpResponse<String> answer = sendAs(
                TestIssuer.patient(a, "patient/*.rs"),
                HttpRequest.newBuilder(URI.create(base()))
                        .header("Content-Type", "application/fhir+json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                FHIR.newJsonParser().encodeResourceToString(batch))));
        assertThat(answer.body()).doesNotContain("\"Observation\"", "\"total\"");
    }

    @Test
    void aServicesLinkIsNotForAnotherService() {
        String next = next(search(service("one"), "/Observation?_count=1"));
        assertThat(open(next, service("one")).statusCode()).isEqualTo(200);
        assertThat(open(next, service("two")).statusCode()).isEqualTo(410);
    }

    @Test
    void theNextPageOfAHistoryIsForItsCallerAlone() {
        String id = clientAs(TestIssuer.system())
                .create()
                .resource(observation(a))
                .execute()
                .getId()
                .getIdPart();
        for (int i = 0; i < 3; i++) {
            Observation changed = observation(a).setIssued(java.util.Date.from(java.time.Instant.ofEpochSecond(i)));
            changed.setId(id);
            client().update().resource(changed).execute();
        }
        String mine = TestIssuer.patient(a, SCOPES);
        String next = next(search(mine, "/Observation/" + id + "/_history?_count=2"));
        HttpResponse<String> page = open(next, mine);
        assertThat(page.statusCode()).as(next + page.body()).isEqualTo(200);
        assertThat(bundle(page).getEntry()).hasSize(2);
        HttpResponse<String> foreign = open(next, TestIssuer.patient(b, SCOPES));
        assertThat(foreign.statusCode()).as(foreign.body()).isIn(404, 410);
        assertThat(foreign.body()).doesNotContain("\"total\"");
    }

    /** HAPI would look it up by the question as it came, which is the same for both. */
    @Test
    void aKeptResultNeverAnswersAnothersSearch() {
        storage.setReuseCachedSearchResultsForMillis(60_000L);
        try {
            Bundle ofA = search(TestIssuer.patient(a, SCOPES), "/Observation?_count=50&status=final");
            Bundle ofB = search(TestIssuer.patient(b, SCOPES), "/Observation?_count=50&status=final");
            Bundle ofAll = search(TestIssuer.system(), "/Observation?_count=50&status=final&patient=" + a + "," + b);
            Bundle again =
                    search(TestIssuer.patient(b, SCOPES), "/Observation?_count=50&status=final&patient=" + a + "," + b);
            assertThat(List.of(ofA, ofB, ofAll, again))
                    .extracting(Bundle::getTotal)
                    .containsExactly(5, 3, 8, 3);
            assertThat(List.of(ofA, ofB)).extracting(Resource::getId).doesNotHaveDuplicates();
        } finally {
            storage.setReuseCachedSearchResultsForMillis(null);
        }
    }

    private static String service(String client) {
        return TestIssuer.token(claims ->
                claims.claim("scope", "system/*.rs").claim("azp", client).subject(client));
    }

    private static String patient(String patient, String scopes, String client, String subject) {
        return TestIssuer.token(claims -> claims.claim("scope", scopes)
                .claim("sid", "session")
                .claim("azp", client)
                .subject(subject)
                .claim("patient", patient)
                .claim("fhirUser", "Patient/" + patient)
                .claim("realm_access", Map.of("roles", List.of("patient"))));
    }

    private Bundle search(String token, String path) {
        return bundle(sendAs(token, HttpRequest.newBuilder(URI.create(base() + path))));
    }

    private static HttpResponse<String> open(String link, String token) {
        return sendAs(token, HttpRequest.newBuilder(URI.create(link)));
    }

    private static Bundle bundle(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FHIR.newJsonParser().parseResource(Bundle.class, answer.body());
    }

    private static String next(Bundle page) {
        return page.getLink(Bundle.LINK_NEXT).getUrl();
    }

    private static String id(String link) {
        return link.replaceAll(".*_getpages=([^&]*).*", "$1");
    }

    private String patientWithObservations(int count) {
        String id = client().create()
                .resource(new Patient().setActive(true))
                .execute()
                .getId()
                .getIdPart();
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        IntStream.range(0, count).forEach(i -> bundle.addEntry()
                .setResource(observation(id))
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Observation"));
        client().transaction().withBundle(bundle).execute();
        return id;
    }

    private static Observation observation(String patient) {
        return TwoPatients.observation(new Reference("Patient/" + patient), "measured", "vital-signs");
    }
}
