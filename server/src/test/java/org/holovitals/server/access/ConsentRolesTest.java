package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.junit.jupiter.api.Test;

/** A clinician in a launch, a proxy beside the own record, and a search whose consent ends between its pages. */
final class ConsentRolesTest extends SaidConsentTest {
    private static final Set<Part> WHOLE = EnumSet.of(Part.ALL_PHI);

    @Test
    void aLaunchGivesAClinicianNothingWithoutTheConsentOfItsPatient() {
        String patient = patient();
        String other = patient();
        String id = id(WholeRecord.observation(new Reference("Patient/" + patient), "laboratory"));
        String launched = token(clinician, "patient/*.rs", patient);
        consents.grant(clinician, other, WHOLE, Action.READ);
        assertThat(at(launched, "/Observation/" + id).statusCode()).isEqualTo(404);
        assertThat(at(launched, "/Patient/" + patient).statusCode()).isEqualTo(404);
        assertThat(at(launched, "/Patient/" + other).statusCode())
                .as("not the launch's")
                .isEqualTo(404);
        assertThat(bundle(launched, "/Observation").getTotal()).isZero();
        consents.grant(clinician, patient, EnumSet.of(Part.TEST_RESULTS), Action.READ);
        assertThat(at(launched, "/Observation/" + id).statusCode()).isEqualTo(200);
        assertThat(ids(bundle(launched, "/Observation"))).containsExactly(id);
        assertThat(at(TestIssuer.patient(patient, "patient/*.rs"), "/Observation/" + id)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aProxySeesTheOwnRecordAndWhatTheOtherGrants() {
        String child = patient();
        String own = patient();
        String mine = id(WholeRecord.observation(new Reference("Patient/" + own), "vital-signs"));
        String vital = id(WholeRecord.observation(new Reference("Patient/" + child), "vital-signs"));
        String result = id(WholeRecord.observation(new Reference("Patient/" + child), "laboratory"));
        String token = TestIssuer.token(claims -> claims.subject(clinician)
                .claim("scope", "user/*.rs")
                .claim("sid", "session")
                .claim("fhirUser", "Patient/" + own)
                .claim("realm_access", Map.of("roles", List.of("patient"))));
        assertThat(ids(bundle(token, "/Observation"))).containsExactly(mine);
        consents.grant(clinician, child, WHOLE, Action.READ);
        assertThat(ids(bundle(token, "/Observation"))).containsExactlyInAnyOrder(mine, vital, result);
        consents.deny(clinician, child, Part.VITAL_SIGNS);
        consents.deny(clinician, own, Part.ALL_PHI);
        assertThat(ids(bundle(token, "/Observation"))).containsExactlyInAnyOrder(mine, result);
        assertThat(at(token, "/Observation/" + vital).statusCode()).isEqualTo(404);
        assertThat(at(token, "/Observation/" + mine).statusCode()).isEqualTo(200);
    }

    @Test
    void aConsentThatEndsOrShrinksBetweenTwoPagesEndsTheSearch() {
        String patient = patient();
        for (int i = 0; i < 4; i++) {
            id(WholeRecord.observation(new Reference("Patient/" + patient), "laboratory"));
        }
        for (String search : List.of("/Observation?_count=2", "/Patient/" + patient + "/$everything?_count=2")) {
            consents.grant(clinician, patient, WHOLE, Action.READ);
            String next = next(bundle(token(), search));
            assertThat(at(token(), String.valueOf(next)).statusCode()).isEqualTo(200);
            consents.deny(clinician, patient, Part.VITAL_SIGNS);
            assertThat(at(token(), String.valueOf(next)).statusCode()).isEqualTo(410);
            consents.end(clinician);
            HttpResponse<String> refused = at(token(), String.valueOf(next));
            assertThat(refused.statusCode()).isEqualTo(410);
            assertThat(refused.body()).doesNotContain("\"total\"", patient);
        }
    }
}
