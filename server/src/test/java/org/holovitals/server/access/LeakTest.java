package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The token of patient A never brings anything of patient B, whatever is asked. */
final class LeakTest extends ServerTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final List<String> SCOPES =
            List.of("patient/*.cruds", "patient/*.rs", "patient/*.read patient/*.write", "user/*.cruds", "patient/*.*");

    /** Made once: the tests only read. */
    @SuppressWarnings("NullAway.Init")
    private static TwoPatients records;

    /** The id of a service's export of both records, which has its files. */
    @SuppressWarnings("NullAway.Init")
    private static String export;

    @BeforeEach
    void twoRecords() {
        if (records == null) {
            records = new TwoPatients(client());
            export = exported();
        }
    }

    private String exported() {
        HttpResponse<String> started = send(HttpRequest.newBuilder(URI.create(base()
                        + "/Patient/$export?_type=Patient&patient=Patient/" + records.a + ",Patient/" + records.b))
                .header("Prefer", "respond-async"));
        String id =
                started.headers().firstValue("Content-Location").orElseThrow().replaceFirst(".*_jobId=", "");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> get("/$export-poll-status?_jobId=" + id).statusCode() == 200);
        assertThat(get("/$export-file?_jobId=" + id + "&_file=Patient-1.ndjson").body())
                .contains(records.a, records.b);
        return id;
    }

    private static List<String> readingPaths() {
        List<String> paths = new ArrayList<>();
        records.idsOfB.forEach((type, id) -> {
            String path = type.strip() + "/" + id;
            paths.addAll(List.of(
                    path,
                    path + "/_history/1",
                    path + "/_history",
                    path + "/$meta",
                    path + "/$everything",
                    path + "/$summary",
                    path + "/$validate",
                    path + "/$diff"));
        });
        paths.add("Patient/" + records.b + "/Observation");
        paths.add("Patient/" + records.b + "/*");
        return paths;
    }

    private List<String> searches() {
        TwoPatients r = records;
        List<String> searches = new ArrayList<>(List.of(
                "Patient",
                "Patient?_id=" + r.b,
                "Patient?_id=" + r.a + "," + r.b,
                "Patient?family=" + r.marker,
                "Patient?family:contains=" + r.marker.substring(0, 12),
                "Patient?name=Zebra",
                "Patient?_count=500",
                "Patient?identifier=urn:mrn|mrn-b-" + r.marker,
                "Patient?gender=female",
                "Patient?link=Patient/" + r.a,
                "Patient?_summary=count&family=" + r.marker,
                "Patient?_total=accurate&_count=0&family=" + r.marker,
                "Patient?_lastUpdated=gt2000",
                "Patient?_sort=family",
                "Patient?organization=" + r.organization,
                "Observation",
                "Observation?patient=" + r.b,
                "Observation?patient=Patient/" + r.b,
                "Observation?subject=Patient/" + r.b,
                "Observation?subject:Patient=" + r.b,
                "Observation?patient=" + r.a + "," + r.b,
                "Observation?patient:missing=false",
                "Observation?code=c-vital-signs",
                "Observation?patient=" + base() + "/Patient/" + r.b,
                "Observation?focus=Patient/" + r.a,
                "Observation?derived-from=Observation/" + r.idsOfA.get("Observation"),
                "Observation?patient=" + r.a + "&_include=Observation:derived-from&_include=Observation:has-member",
                "Observation?patient=" + r.a + "&_include=*&_include:iterate=*",
                "Observation?patient=" + r.a + "&_revinclude=Observation:derived-from",
                "Observation?patient=" + r.a + "&_revinclude=*",
                "Observation?_include=Observation:patient",
                "Organization?_revinclude=Patient:organization",
                "Organization?_revinclude=Encounter:service-provider",
                "Organization?_id=" + r.organization + "&_revinclude=*&_revinclude:iterate=*",
                "Medication?_revinclude=MedicationRequest:medication",
                "Patient?_id=" + r.a + "&_revinclude=Patient:link",
                "Patient?_id=" + r.a + "&_revinclude=Observation:subject&_revinclude:iterate=Observation:derived-from",
                "Condition",
                "Condition?patient=" + r.b,
                "Condition?subject=Patient/" + r.a,
                "Condition?encounter:missing=true",
                "Encounter?_include=Encounter:patient",
                "Encounter?service-provider=" + r.organization,
                "MedicationRequest?medication=Medication/" + r.medication,
                "MedicationRequest?patient=Patient/" + r.b,
                "Appointment",
                "Appointment?actor=Patient/" + r.b,
                "Appointment?patient=" + r.b,
                "Provenance",
                "Provenance?target=Patient/" + r.b,
                "Questionnaire",
                "Questionnaire?title=" + r.marker,
                "?_type=Patient",
                "Observation?patient=" + r.a + "&_contained=true",
                "Observation?_list=1",
                "Observation?_includeDeleted=true",
                "Patient/" + r.a + "/$everything",
                "Patient/" + r.a + "/$everything?_count=100",
                "Patient/$everything",
                "Patient/" + r.a + "/$everything?_type=Observation,Patient",
                "Patient/" + r.a + "/$summary",
                "Patient/$summary?identifier=urn:mrn|mrn-b-" + r.marker,
                "Patient/" + r.a + "/_history",
                "Observation/" + r.idsOfA.get("Observation ") + "/_history",
                "Observation/" + r.idsOfA.get("Observation "),
                "_history",
                "Patient/_history",
                "Observation/_history",
                "$export?_type=Patient",
                "Patient/$export",
                "Patient/" + r.b + "/$export",
                "$export-poll-status?_jobId=" + export,
                "$export-file?_jobId=" + export + "&_file=Patient-1.ndjson",
                "$export-file?_jobId=" + UUID.randomUUID() + "&_file=Patient-1.ndjson",
                "$meta",
                "Patient/$meta",
                "$get-resource-counts",
                "Subscription",
                "AuditEvent"));
        for (String oracle : List.of(
                "Observation?subject:Patient.family=" + r.marker,
                "Observation?patient.identifier=urn:mrn|mrn-b-" + r.marker,
                "Observation?derived-from.patient=" + r.b,
                "Observation?derived-from:Observation.subject:Patient.family=" + r.marker,
                "Observation?has-member.code=c-vital-signs",
                "Patient?_has:Observation:subject:derived-from=Observation/" + r.idsOfB.get("Observation"),
                "Patient?_has:Observation:focus:_id=" + r.idsOfB.get("Observation "),
                "Patient?_has:Patient:link:family=" + r.marker,
                "Organization?_has:Patient:organization:family=" + r.marker,
                "Patient?_filter=" + encoded("family eq \"" + r.marker + "\""),
                "Observation?_filter=" + encoded("subject.family eq \"" + r.marker + "\""),
                "Observation?_sort=subject.family",
                "Observation?patient=" + r.a + "&_has:Provenance:target:agent.name=x")) {
            searches.add(oracle);
        }
        return searches;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsReadByIdDoesNotExist() {
        for (String token : tokens()) {
            for (String path : readingPaths()) {
                HttpResponse<String> answer = get(token, "/" + path);
                assertThat(answer.statusCode()).as(path + answer.body()).isIn(400, 403, 404);
                assertClean(path, answer.body());
            }
        }
    }

    @Test
    void aHiddenResourceIsAnsweredLikeAMissingOne() {
        String token = TestIssuer.patient(records.a, "patient/*.cruds");
        for (Map.Entry<String, String> hidden : records.idsOfB.entrySet()) {
            String type = hidden.getKey().strip();
            for (String tail : List.of("", "/_history/1", "/_history", "/$everything")) {
                HttpResponse<String> there = get(token, "/" + type + "/" + hidden.getValue() + tail);
                HttpResponse<String> missing = get(token, "/" + type + "/missing" + tail);
                assertThat(there.statusCode()).as(type + tail).isEqualTo(missing.statusCode());
                assertThat(there.body().replace(hidden.getValue(), "missing")).isEqualTo(missing.body());
            }
        }
    }

    @Test
    void noSearchFindsIt() {
        for (String token : tokens()) {
            for (String search : searches()) {
                assertAnswer(search, get(token, "/" + search));
            }
        }
    }

    @Test
    void noSearchByPostFindsIt() {
        String token = TestIssuer.patient(records.a, "patient/*.rs");
        for (String search : searches()) {
            int query = search.indexOf('?');
            if (query > 0 && !search.contains("$")) {
                HttpResponse<String> answer = sendAs(
                        token,
                        HttpRequest.newBuilder(URI.create(base() + "/" + search.substring(0, query) + "/_search"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(query(search.substring(query + 1)))));
                assertAnswer(search, answer);
            }
        }
    }

    @Test
    void aSearchByPostFindsWhatIsTheCallers() {
        assertThat(search("Patient", "family=Able")).contains("\"total\":1", records.a);
        assertThat(search("Patient", "family=Nobody")).contains("\"total\":0");
    }

    private String search(String type, String form) {
        return sendAs(
                        TestIssuer.patient(records.a, "patient/*.rs"),
                        HttpRequest.newBuilder(URI.create(base() + "/" + type + "/_search"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form)))
                .body();
    }

    @Test
    void noEntryOfABundleBringsIt() {
        String token = TestIssuer.patient(records.a, "patient/*.cruds");
        for (BundleType type : List.of(BundleType.BATCH, BundleType.TRANSACTION)) {
            List<String> urls = new ArrayList<>(readingPaths());
            urls.addAll(searches());
            for (String url : urls) {
                Bundle bundle = new Bundle().setType(type);
                bundle.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(query(url));
                bundle.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/" + records.a);
                HttpResponse<String> answer = postBundle(token, bundle);
                assertClean(url, answer.body());
                assertThat(answer.statusCode()).as(url + answer.body()).isLessThan(500);
            }
        }
    }

    @Test
    void aPageOfAnothersSearchIsEmpty() {
        Bundle page = client().search()
                .byUrl(base() + "/Observation?patient=" + records.b + "&_count=1")
                .returnBundle(Bundle.class)
                .execute();
        String next = page.getLink(Bundle.LINK_NEXT).getUrl();
        assertThat(sendAs(TestIssuer.system(), HttpRequest.newBuilder(URI.create(next)))
                        .body())
                .contains(records.marker);
        assertClean(
                next,
                sendAs(TestIssuer.patient(records.a, "patient/*.rs"), HttpRequest.newBuilder(URI.create(next)))
                        .body());
    }

    @Test
    void theNextPageOfTheOwnSearchIsThere() {
        String token = TestIssuer.patient(records.a, "patient/*.rs");
        Bundle first = clientAs(token)
                .search()
                .byUrl(base() + "/Observation?_count=1")
                .returnBundle(Bundle.class)
                .execute();
        Bundle second = clientAs(token).loadPage().next(first).execute();
        assertThat(List.of(
                        first.getEntryFirstRep().getResource().getIdElement().getIdPart(),
                        second.getEntryFirstRep().getResource().getIdElement().getIdPart()))
                .containsExactlyInAnyOrder(records.idsOfA.get("Observation"), records.idsOfA.get("Observation "));
    }

    @Test
    void thePatientsOwnRecordIsAllThere() {
        for (String token : tokens()) {
            records.idsOfA.forEach((type, id) -> {
                assertThat(get(token, "/" + type.strip() + "/" + id).statusCode())
                        .as(type)
                        .isEqualTo(200);
                assertThat(get(token, "/" + type.strip() + "?_id=" + id).body()).contains("\"total\":1", id);
                assertThat(get(token, "/" + type.strip()).body()).as(type).contains(id);
                assertThat(get(token, "/" + type.strip() + "/" + id + "/_history")
                                .body())
                        .contains(id);
            });
            assertThat(get(token, "/Patient/" + records.a + "/$summary").body()).contains("\"document\"", "Able");
            assertThat(get(token, "/Organization/" + records.organization).statusCode())
                    .isEqualTo(200);
            assertThat(get(token, "/Observation?patient=" + records.a).body())
                    .contains(records.idsOfA.get("Observation"), records.idsOfA.get("Observation "));
            assertThat(get(token, "/MedicationRequest?_include=MedicationRequest:medication&patient=" + records.a)
                            .body())
                    .contains("Aspirin");
            assertThat(get(token, "/Patient/" + records.a + "/$everything?_count=100")
                            .body())
                    .contains(records.idsOfA.values());
        }
    }

    private List<String> tokens() {
        return SCOPES.stream()
                .map(scopes -> TestIssuer.patient(records.a, scopes))
                .toList();
    }

    /** Refused, or a bundle that neither shows nor counts what is B's. */
    private static void assertAnswer(String search, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(search + answer.body()).isIn(200, 400, 403, 404, 405);
        assertClean(search, answer.body());
        if (answer.statusCode() == 200 && FHIR.newJsonParser().parseResource(answer.body()) instanceof Bundle found) {
            assertThat(found.hasTotal() && search.contains(records.marker) ? found.getTotal() : 0)
                    .as(search)
                    .isZero();
        }
    }

    /** The answer may repeat the question in its links, so it is the resources that are looked at. */
    private static void assertClean(String question, String body) {
        if (FHIR.newJsonParser().parseResource(body) instanceof Bundle bundle) {
            bundle.getEntry().forEach(entry -> assertClean(question, entry));
        } else {
            assertThat(body.replace(question, "")).as(question).doesNotContain("\"" + records.marker);
        }
    }

    private static void assertClean(String question, BundleEntryComponent entry) {
        Resource resource = entry.getResource() == null ? entry.getResponse().getOutcome() : entry.getResource();
        if (resource == null || resource instanceof OperationOutcome) {
            return;
        }
        if (resource instanceof Bundle inner) {
            inner.getEntry().forEach(part -> assertClean(question, part));
            return;
        }
        assertThat(FHIR.newJsonParser().encodeResourceToString(resource))
                .as(question)
                .doesNotContain(records.marker);
        assertThat(resource.getIdElement().getIdPart()).as(question).isNotIn(records.idsOfB.values());
    }

    private HttpResponse<String> get(String token, String path) {
        return sendAs(token, HttpRequest.newBuilder(URI.create(base() + query(path))));
    }

    /** What Java's URI takes only escaped. */
    private static String query(String url) {
        return url.replace("|", "%7C").replace("\"", "%22");
    }

    private HttpResponse<String> postBundle(String token, Bundle bundle) {
        return sendAs(
                token,
                HttpRequest.newBuilder(URI.create(base()))
                        .header("Content-Type", "application/fhir+json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                FHIR.newJsonParser().encodeResourceToString(bundle))));
    }
}
