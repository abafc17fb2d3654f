package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Held;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A grant is a FHIR Consent, and a Consent that a patient's app writes is a grant. */
final class ConsentResourcesTest extends WrittenConsentFixture {
    @Autowired
    ConsentResourcesTest(Consents consents, JdbcClient jdbc) {
        super(consents, jdbc);
    }

    @Test
    void aConsentFollowsItsGrantFromStateToState() {
        User patient = patient();
        User clinician = practitioner();
        UUID id = ask(clinician, patient).id();
        Consent proposed = read(id.toString());
        assertThat(proposed.getStatus()).isEqualTo(ConsentState.PROPOSED);
        assertThat(proposed.getPatient().getReference()).isEqualTo("Patient/" + patient.record());
        assertThat(proposed.getProvision().hasPeriod()).isFalse();

        Answer given = post(patient, "/api/consents/" + id + "/approve", """
                {"hours": 3, "restrictions": {"clients": ["chart"], "viewOnly": true}}
                """);
        Consent active = read(id.toString());
        ProvisionComponent provision = active.getProvision();
        assertThat(active.getStatus()).isEqualTo(ConsentState.ACTIVE);
        assertThat(provision.getType()).isEqualTo(ConsentProvisionType.PERMIT);
        assertThat(provision.getPeriod().getEnd().toInstant())
                .isEqualTo(Instant.parse(given.text("expiresAt")).truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
        assertThat(provision.getActorFirstRep().getReference().getReference()).isEqualTo(fhirUser(clinician));
        assertThat(provision.getAction())
                .extracting(action -> action.getCodingFirstRep().getCode())
                .containsExactly("access", "correct");
        assertThat(provision.getClass_())
                .extracting(Coding::getCode)
                .containsExactly("test_results", "DiagnosticReport", "Observation", "Specimen");
        assertThat(provision.getExtension())
                .extracting(Extension::getUrl)
                .containsExactly(ConsentCodes.CLIENT, ConsentCodes.VIEW_ONLY);

        post(patient, "/api/consents/" + id + "/revoke", "{}");
        assertThat(read(id.toString()).getStatus()).isEqualTo(ConsentState.INACTIVE);
        UUID denied = ask(clinician, patient).id();
        post(patient, "/api/consents/" + denied + "/deny", "{\"reason\": \"No\"}");
        assertThat(read(denied.toString()).getStatus()).isEqualTo(ConsentState.REJECTED);
        assertThat(rows(patient)).as("no echo of these writes").isEqualTo(2);
    }

    @Test
    void anEmergencySaysWhatForAndADenialWhatIsKeptBack() {
        User patient = patient();
        Answer broken = post(
                clinician(),
                "/api/consents/break-glass",
                "{\"patient\": {\"id\": \"" + patient.record() + "\"}, \"reason\": \"Found unconscious\"}");
        Consent emergency = read(broken.text("id"));
        assertThat(emergency.getProvision().getPurposeFirstRep().getCode()).isEqualTo("ETREAT");
        assertThat(emergency
                        .getProvision()
                        .getActorFirstRep()
                        .getReference()
                        .getIdentifier()
                        .getValue())
                .isEqualTo(
                        "urn:uuid:" + broken.body().path("grantee").path("user").asText());

        Answer denial = post(patient, "/api/consents/denials", "{\"resources\": [\"imaging\"]}");
        Consent kept = read(denial.text("consent"));
        assertThat(kept.getProvision().getType()).isEqualTo(ConsentProvisionType.DENY);
        assertThat(kept.getProvision().getClass_())
                .extracting(Coding::getCode)
                .containsExactly("imaging", "ImagingStudy", "Media");
        delete(patient, "/api/consents/denials/" + denial.id());
        assertThat(read(denial.text("consent")).getStatus()).isEqualTo(ConsentState.INACTIVE);
    }

    @Test
    void permissionsAndRestrictionsComeBackAsTheyWent() {
        User patient = patient();
        User clinician = practitioner();
        post(patient, "/api/consents/grants", """
                {"to": {"email": "%s"}, "hours": 5, "permissions": [
                   {"resource": "all_phi", "action": "read"}, {"resource": "test_results", "action": "correct"},
                   {"resource": "clinical_notes", "action": "annotate"}, {"resource": "allergies", "action": "write"}],
                 "restrictions": {"addresses": ["127.0.0.0/8"], "clients": ["test-client"]}}
                """.formatted(clinician.email()));
        Consents.Grant given = held(clinician).grants().get(0);

        Consent copy = read(given.id().toString());
        copy.setId((String) null);
        create(patient, copy);
        assertThat(held(clinician).grants())
                .extracting(Consents.Grant::permissions)
                .containsExactly(given.permissions(), given.permissions());
        assertThat(jdbc.sql(
                                "select distinct restrictions::text from holovitals.consent_grants where patient_fhir_id = ?")
                        .param(patient.record())
                        .query(String.class)
                        .list())
                .hasSize(1);
    }

    @Test
    void anAppAndARouteMayEndAConsentAtTheSameMoment() {
        User patient = patient();
        User clinician = practitioner();
        for (int i = 0; i < 4; i++) {
            Answer given = granted(clinician, patient);
            Consent active = read(given.text("consent")).setStatus(ConsentState.INACTIVE);
            List<Integer> statuses = Stream.<Supplier<Integer>>of(
                            () -> post(patient, "/api/consents/" + given.id() + "/revoke", "{}")
                                    .status(),
                            () -> statusOf(() -> update(patient, active)))
                    .parallel()
                    .map(Supplier::get)
                    .toList();

            assertThat(statuses).contains(200).isSubsetOf(200, 409);
            assertThat(held(clinician)).isEqualTo(Held.NOTHING);
            assertThat(read(given.text("consent")).getStatus()).isEqualTo(ConsentState.INACTIVE);
        }
    }

    @Test
    void aGrantEndsAlsoWhenItsConsentCannotBeStoredAnyMore() {
        User patient = patient();
        User clinician = practitioner();
        UUID id = granted(clinician, patient).id();
        jdbc.sql("update fhir.hfj_resource set res_deleted_at = now() where res_type = 'Practitioner' and fhir_id = ?")
                .param(fhirUser(clinician).substring("Practitioner/".length()))
                .update();

        assertThat(post(patient, "/api/consents/" + id + "/revoke", "{}").text("status"))
                .isEqualTo("revoked");
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
        assertThat(told(clinician, id)).containsExactly("consent-approved", "consent-revoked");
    }

    private static int statusOf(Runnable request) {
        try {
            request.run();
            return 200;
        } catch (BaseServerResponseException e) {
            return e.getStatusCode();
        }
    }
}
