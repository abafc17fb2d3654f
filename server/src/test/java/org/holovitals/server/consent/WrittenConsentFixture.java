package org.holovitals.server.consent;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Held;
import org.springframework.jdbc.core.simple.JdbcClient;

/** FHIR Consents as apps write and read them. */
abstract class WrittenConsentFixture extends ConsentTest {
    final Consents consents;
    final JdbcClient jdbc;

    WrittenConsentFixture(Consents consents, JdbcClient jdbc) {
        this.consents = consents;
        this.jdbc = jdbc;
    }

    Consent permit(User patient, User clinician) {
        Consent consent = consent(patient, ConsentProvisionType.PERMIT);
        consent.getProvision().setPeriod(new Period().setEnd(in(Duration.ofHours(24))));
        consent.getProvision()
                .addActor()
                .setRole(new CodeableConcept(new Coding(ConsentCodes.PARTICIPATIONS, "PRCP", null)))
                .setReference(new Reference(fhirUser(clinician)));
        return consent;
    }

    static Consent consent(User patient, ConsentProvisionType type) {
        Consent consent = new Consent();
        consent.setStatus(ConsentState.ACTIVE);
        consent.setScope(ConsentCodes.privacy());
        consent.addCategory(ConsentCodes.document());
        consent.setPatient(new Reference("Patient/" + patient.record()));
        consent.setPolicyRule(ConsentCodes.policy(type == ConsentProvisionType.PERMIT));
        consent.getProvision().setType(type);
        return consent;
    }

    static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    Consent create(User user, Consent consent) {
        return create(clientAs(user.token()), consent);
    }

    Consent create(Consent consent) {
        return create(client(), consent);
    }

    static Consent create(IGenericClient client, Consent consent) {
        return (Consent) client.create().resource(consent).execute().getResource();
    }

    void update(User user, Consent consent) {
        consent.setId(consent.getIdElement().toUnqualifiedVersionless());
        clientAs(user.token()).update().resource(consent).execute();
    }

    static String id(Consent consent) {
        return consent.getIdElement().getIdPart();
    }

    Consent read(String id) {
        return client().read().resource(Consent.class).withId(id).execute();
    }

    /** A clinician who is a Practitioner of this server. */
    User practitioner() {
        User clinician = clinician();
        String practitioner = client().create()
                .resource(new Practitioner().setActive(true))
                .execute()
                .getId()
                .toUnqualifiedVersionless()
                .getValue();
        jdbc.sql("update holovitals.users set fhir_user = ? where subject = ?")
                .params(practitioner, clinician.subject())
                .update();
        return clinician;
    }

    String fhirUser(User user) {
        return jdbc.sql("select fhir_user from holovitals.users where subject = ?")
                .param(user.subject())
                .query(String.class)
                .single();
    }

    int rows(User patient) {
        return jdbc.sql("select count(*) from holovitals.consent_grants where patient_fhir_id = ?")
                .param(patient.record())
                .query(Integer.class)
                .single();
    }

    Held held(User clinician) {
        return consents.of(GrantsTest.caller(clinician, "test-client", "127.0.0.1"));
    }
}
