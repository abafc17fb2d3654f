package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resource that moves from one record to another: each version is whose it names. */
final class VersionsTest extends SaidConsentTest {
    private String a = "";
    private String b = "";
    private String id = "";

    /** A's, B's, A's again, and then B's twice. */
    @BeforeEach
    void anObservationMoves() {
        a = patient();
        b = patient();
        id = id(of(a));
        for (String next : List.of(b, a, b, b)) {
            Observation moved = of(next);
            moved.setId(id);
            moved.setLanguage(moved.getLanguage() == null ? UUID.randomUUID().toString() : null);
            client().update().resource(moved).execute();
        }
    }

    private static Observation of(String patient) {
        Observation observation = WholeRecord.observation(new Reference("Patient/" + patient), "laboratory");
        observation.addIdentifier().setValue(UUID.randomUUID().toString());
        return observation;
    }

    @Test
    void eachVersionIsVisibleOnlyToWhomItBelonged() {
        Map<String, List<String>> expected = Map.of(a, List.of("3", "1"), b, List.of("5", "4", "2"));
        for (String patient : List.of(a, b)) {
            String subject = UUID.randomUUID().toString();
            consents.grant(subject, patient, EnumSet.of(Part.TEST_RESULTS), Action.READ);
            for (String token :
                    List.of(TestIssuer.patient(patient, "patient/*.rs"), token(subject, "user/*.rs", null))) {
                List<String> versions = expected.getOrDefault(patient, List.of());
                assertThat(readable(token)).isEqualTo(versions);
                assertHistory(token, "/Observation/" + id + "/_history", versions);
                assertThat(at(token, "/Observation/" + id).statusCode()).isEqualTo(patient.equals(b) ? 200 : 404);
                assertThat(bundle(token, "/Observation").getTotal()).isEqualTo(patient.equals(b) ? 1 : 0);
            }
        }
        assertHistory(TestIssuer.system(), "/Observation/" + id + "/_history", List.of("5", "4", "3", "2", "1"));
    }

    @Test
    void pagesOfAHistoryAreAsFullAsThoseOfAnyOther() {
        String token = TestIssuer.patient(b, "patient/*.rs");
        List<String> seen = new ArrayList<>();
        String path = "/Observation/" + id + "/_history?_count=2";
        List<Integer> sizes = new ArrayList<>();
        while (path != null) {
            Bundle page = bundle(token, path);
            assertThat(page.getTotal()).isEqualTo(3);
            sizes.add(page.getEntry().size());
            seen.addAll(versions(page));
            path = next(page);
        }
        assertThat(sizes).containsExactly(2, 1);
        assertThat(seen).containsExactly("5", "4", "2");
    }

    @Test
    void aVersionOfAnotherIsAnsweredLikeOneThatIsNotThere() {
        String token = TestIssuer.patient(a, "patient/*.rs");
        for (String tail : List.of("/_history/2", "/_history/5", "/_history/99", "/_history/none")) {
            HttpResponse<String> hidden = at(token, "/Observation/" + id + tail);
            HttpResponse<String> missing = at(token, "/Observation/missing" + tail);
            assertThat(hidden.statusCode()).as(tail).isEqualTo(404);
            assertThat(hidden.body().replace(id, "missing")).as(tail).isEqualTo(missing.body());
        }
        String stranger = TestIssuer.patient(patient(), "patient/*.rs");
        HttpResponse<String> hidden = at(stranger, "/Observation/" + id + "/_history");
        assertThat(hidden.body().replace(id, "missing"))
                .isEqualTo(at(stranger, "/Observation/missing/_history").body());
        assertThat(readable(stranger)).isEmpty();
    }

    @Test
    void aBatchShowsTheSame() {
        String token = TestIssuer.patient(a, "patient/*.rs");
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        for (int version = 1; version <= 5; version++) {
            batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Observation/" + id + "/_history/" + version);
        }
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Observation/" + id + "/_history");
        Bundle answer = FHIR.newJsonParser()
                .parseResource(Bundle.class, send(token, "POST", "", batch).body());
        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("200", "404", "200", "404", "404", "200");
        Bundle history = (Bundle) answer.getEntry().get(5).getResource();
        assertThat(history.getTotal()).isEqualTo(2);
        assertThat(versions(history)).containsExactly("3", "1");
    }

    @Test
    void aDeletionHidesNoVersionFromWhomItBelongedAndTellsNobodyOfItself() {
        client().delete().resourceById("Observation", id).execute();
        assertHistory(TestIssuer.patient(a, "patient/*.rs"), "/Observation/" + id + "/_history", List.of("3", "1"));
        assertThat(readable(TestIssuer.patient(a, "patient/*.rs"))).containsExactly("3", "1");
        assertThat(at(TestIssuer.patient(b, "patient/*.rs"), "/Observation/" + id)
                        .statusCode())
                .isEqualTo(404);
    }

    private List<String> readable(String token) {
        List<String> readable = new ArrayList<>();
        for (int version = 6; version > 0; version--) {
            if (at(token, "/Observation/" + id + "/_history/" + version).statusCode() == 200) {
                readable.add(String.valueOf(version));
            }
        }
        return readable;
    }

    private void assertHistory(String token, String path, List<String> versions) {
        Bundle history = bundle(token, path);
        assertThat(versions(history)).isEqualTo(versions);
        assertThat(history.getTotal()).isEqualTo(versions.size());
    }

    private static List<String> versions(Bundle history) {
        return history.getEntry().stream()
                .map(entry -> entry.getResource().getMeta().getVersionId())
                .toList();
    }
}
