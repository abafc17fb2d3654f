package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A clinician on the way into a record and out of it, and what all the others then see of it. */
final class JourneyTest extends ConsentTest {
    private final JdbcClient jdbc;

    @Autowired
    JourneyTest(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Test
    void aConsentOpensAPartUntilItIsRevokedAndThePatientSeesEachLook() {
        User patient = patient();
        User clinician = clinician();
        String condition = condition(patient);
        String result = result(patient);
        for (int i = 0; i < 4; i++) {
            result(patient);
        }
        assertThat(fhir(clinician, "Observation/" + result).status()).isEqualTo(404);
        assertThat(found(clinician)).isZero();

        UUID grant = granted(clinician, patient).id();
        assertThat(fhir(clinician, "Observation/" + result).status()).isEqualTo(200);
        assertThat(fhir(clinician, "Condition/" + condition).status()).isEqualTo(404);
        assertThat(found(clinician)).isEqualTo(5);
        String next = nextPage(clinician);
        assertThat(page(clinician, next).status()).isEqualTo(200);
        assertThat(explained(patient, clinician, "Observation/" + result)).isEqualTo("consent " + grant);

        assertThat(post(patient, "/api/consents/" + grant + "/revoke", "{\"reason\": \"done\"}")
                        .status())
                .isEqualTo(200);
        assertThat(page(clinician, next).status()).as("the next page").isEqualTo(410);
        assertThat(fhir(clinician, "Observation/" + result).status()).isEqualTo(404);
        assertThat(explained(patient, clinician, "Observation/" + result)).isEqualTo("no-consent null");

        UUID emergency = post(clinician, "/api/consents/break-glass", """
                {"patient": {"id": "%s"}, "reason": "Unconscious in the emergency room"}
                """.formatted(patient.record()))
                .id();
        assertThat(fhir(clinician, "Condition/" + condition).status()).isEqualTo(200);

        assertThat(ledger(patient, clinician))
                .containsSubsequence(
                        "read Observation refused NONE",
                        "read Observation success CONSENT",
                        "read Condition refused CONSENT",
                        "searched Observation success CONSENT",
                        "read a further page of a search success CONSENT",
                        "read Observation refused NONE",
                        "broke the glass success EMERGENCY",
                        "read Condition success EMERGENCY");
        assertThat(uses(grant)).isEqualTo(uses("where consent_id = '" + grant + "' and success"));
        assertThat(uses("where consent_id = '" + grant + "' and not success")).isPositive();
        assertThat(uses("where consent_id = '" + emergency + "' and action = 'read' and resource = 'Condition'"))
                .isOne();
        assertThat(toBeReviewed(clinician)).isEqualTo(1);
    }

    private String condition(User patient) {
        return stored(new Condition()
                .setCode(new CodeableConcept().setText("asthma"))
                .setSubject(new Reference("Patient/" + patient.record())));
    }

    private String result(User patient) {
        Observation observation = new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setCode(new CodeableConcept().setText("glucose"))
                .setSubject(new Reference("Patient/" + patient.record()));
        observation.addCategory(new CodeableConcept()
                .addCoding(
                        new Coding("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", null)));
        return stored(observation);
    }

    private String stored(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }

    private Answer fhir(User user, String path) {
        return page(user, base() + "/" + path);
    }

    private Answer page(User user, String address) {
        return answer(sendAs(user.token(), HttpRequest.newBuilder(URI.create(address))));
    }

    private int found(User user) {
        return fhir(user, "Observation?_total=accurate").body().path("total").asInt(-1);
    }

    private String nextPage(User user) {
        for (JsonNode link : fhir(user, "Observation?_count=2").body().path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText();
            }
        }
        throw new AssertionError("there is no next page");
    }

    /** The rule, and the consent by which it decides. */
    private String explained(User asking, User clinician, String resource) {
        JsonNode said = get(
                        asking,
                        "/api/explain-access?client=test-client&scope=user/*.rs&user=" + row(jdbc, clinician)
                                + "&resource=" + resource)
                .body();
        return said.path("rule").asText() + " " + said.path("consent").asText("null");
    }

    /** What the patient is told of one viewer, the oldest first. */
    private List<String> ledger(User patient, User viewer) {
        List<String> said = new ArrayList<>();
        get(patient, "/api/me/access-log?count=100&viewer=user:" + row(jdbc, viewer))
                .body()
                .path("entries")
                .forEach(entry -> said.add(entry.at("/what/words").asText() + " "
                        + entry.path("outcome").asText() + " "
                        + entry.at("/why/basis").asText()));
        Collections.reverse(said);
        return said;
    }

    private long uses(String where) {
        return jdbc.sql("select count(*) from holovitals.access_logs " + where)
                .query(Long.class)
                .single();
    }

    private long uses(UUID grant) {
        return jdbc.sql("select count(*) from holovitals.access_logs where success and consent_id = ?")
                .param(grant)
                .query(Long.class)
                .single();
    }

    /** How often the clinician is in the compliance officer's queue. */
    private long toBeReviewed(User clinician) {
        long number = 0;
        for (JsonNode item : get(user("compliance", ""), "/api/audit/reviews?state=open&count=100")
                .body()
                .path("items")) {
            boolean isIt = item.path("action").asText().equals("break-glass")
                    && item.at("/who/user").asText().equals(row(jdbc, clinician).toString());
            number += isIt ? 1 : 0;
        }
        return number;
    }
}
