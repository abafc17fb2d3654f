package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A grant is a FHIR Consent, and a Consent that a patient's app writes is a grant. */
final class ConsentResourcesTest extends ConsentTest {
    private final Consents consents;
    private final JdbcClient jdbc;

    @Autowired
    ConsentResourcesTest(Consents consents, JdbcClient jdbc) {
        this.consents = consents;
        this.jdbc = jdbc;
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
    void aPermitOfAPatientsAppHoldsUntilItIsEndedOrDeleted() {
        User patient = patient();
        User clinician = practitioner();
        Consent permit = permit(patient, clinician);
        permit.getProvision().addClass_(new Coding(ConsentCodes.TYPES, "Condition", null));
        Consent written = create(patient, permit);

        Consents.Grant grant = held(clinician).grants().get(0);
        assertThat(grant.patient()).isEqualTo(patient.record());
        assertThat(grant.permissions()).containsExactly(new Permission(Part.CONDITIONS, Action.READ));
        Answer row = get(clinician, "/api/consents/" + grant.id());
        assertThat(row.text("consent")).isEqualTo(id(written));
        assertThat(row.body().path("hours").asInt()).isEqualTo(24);
        assertThat(told(clinician, grant.id())).containsExactly("consent-approved");

        written.setLanguage("en");
        update(patient, written);
        assertThat(held(clinician).grants()).as("it says the same").containsExactly(grant);

        written.getProvision().getClass_FirstRep().setCode("Procedure");
        update(patient, written);
        assertThat(held(clinician).grants())
                .extracting(Consents.Grant::permissions)
                .containsExactly(Set.of(new Permission(Part.PROCEDURES, Action.READ)));
        assertThat(get(clinician, "/api/consents/" + grant.id()).text("status")).isEqualTo("revoked");

        update(patient, written.setStatus(ConsentState.INACTIVE));
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
        update(patient, written.setStatus(ConsentState.ACTIVE));
        assertThat(held(clinician).grants()).hasSize(1);
        clientAs(patient.token()).delete().resource(written).execute();
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
    }

    @Test
    void whatIsRevokedByARouteIsEndedInTheAppsConsentAndKeepsItsWords() {
        User patient = patient();
        User clinician = practitioner();
        Consent permit = permit(patient, clinician);
        permit.addIdentifier().setSystem("urn:app").setValue("form-7");
        String id = id(create(patient, permit));

        post(patient, "/api/consents/" + held(clinician).grants().get(0).id() + "/revoke", "{}");
        Consent ended = read(id);
        assertThat(ended.getStatus()).isEqualTo(ConsentState.INACTIVE);
        assertThat(ended.getIdentifierFirstRep().getValue()).isEqualTo("form-7");
        assertThat(rows(patient)).isEqualTo(1);
    }

    @Test
    void aDenialOfAPatientsAppWins() {
        User patient = patient();
        User clinician = practitioner();
        granted(clinician, patient);
        Consent denial = consent(patient, ConsentProvisionType.DENY);
        denial.getProvision().addClass_(new Coding(ConsentCodes.TYPES, "DiagnosticReport", null));
        Consent written = create(patient, denial);

        assertThat(held(clinician).denials())
                .extracting(Consents.Denial::parts)
                .containsExactly(Set.of(Part.TEST_RESULTS));
        assertThat(get(patient, "/api/consents/denials").body().path("items").findValuesAsText("consent"))
                .containsExactly(id(written));
        clientAs(patient.token()).delete().resource(written).execute();
        assertThat(held(clinician).denials()).isEmpty();
    }

    @Test
    void aPatientsAppAnswersARequest() {
        User patient = patient();
        User clinician = practitioner();
        UUID id = ask(clinician, patient).id();
        Consent request = read(id.toString()).setStatus(ConsentState.ACTIVE);
        assertThatThrownBy(() -> update(patient, request))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("Consent.provision.period.end is missing");
        request.getProvision().setPeriod(new Period().setEnd(in(Duration.ofHours(5))));
        assertThatThrownBy(() -> update(patient, request)).hasMessageContaining("later than was asked for");
        request.getProvision().setPeriod(new Period().setEnd(in(Duration.ofHours(2))));
        update(patient, request);

        assertThat(get(patient, "/api/consents/" + id).text("status")).isEqualTo("approved");
        assertThat(held(clinician).grants()).extracting(Consents.Grant::id).containsExactly(id);
        assertThat(told(clinician, id)).containsExactly("consent-approved");

        UUID other = ask(clinician, patient).id();
        update(patient, read(other.toString()).setStatus(ConsentState.REJECTED));
        assertThat(get(patient, "/api/consents/" + other).text("status")).isEqualTo("denied");
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

    @TestFactory
    Stream<DynamicTest> whatCannotBeEnforcedIsRefusedAndNamed() {
        User patient = patient();
        User clinician = practitioner();
        return Stream.of(
                        new Mistake("Consent.scope", consent -> consent.setScope(new CodeableConcept().setText("x"))),
                        new Mistake("Consent.provision", consent -> consent.setProvision(null)),
                        new Mistake(
                                "Consent.modifierExtension",
                                consent -> consent.addModifierExtension(new Extension("urn:x", new StringType("x")))),
                        rule("Consent.provision.type", rule -> rule.setType(null)),
                        rule("Consent.provision.period.end", rule -> rule.setPeriod(null)),
                        rule("Consent.provision.period.end", rule -> rule.getPeriod()
                                .setEnd(in(Duration.ofHours(73)))),
                        rule("Consent.provision.period.end", rule -> rule.getPeriod()
                                .setEnd(in(Duration.ofHours(-1)))),
                        rule("Consent.provision.period.start", rule -> rule.getPeriod()
                                .setStart(in(Duration.ofHours(1)))),
                        rule("Consent.provision.actor", rule -> rule.setActor(List.of())),
                        rule(
                                "Consent.provision.actor",
                                rule -> rule.addActor(rule.getActorFirstRep().copy())),
                        rule("Consent.provision.actor.role", rule -> rule.getActorFirstRep()
                                .getRole()
                                .getCodingFirstRep()
                                .setCode("AUT")),
                        rule("Consent.provision.actor.reference", rule -> rule.getActorFirstRep()
                                .setReference(new Reference()
                                        .setIdentifier(new Identifier()
                                                .setSystem("urn:npi")
                                                .setValue("1")))),
                        rule(
                                "Consent.provision.purpose",
                                rule -> rule.addPurpose(new Coding(ConsentCodes.PURPOSES, "HMARKT", null))),
                        rule(
                                "Consent.provision.securityLabel",
                                rule -> rule.addSecurityLabel(new Coding("urn:x", "R", null))),
                        rule("Consent.provision.code", rule -> rule.addCode(new CodeableConcept().setText("x"))),
                        rule(
                                "Consent.provision.dataPeriod",
                                rule -> rule.setDataPeriod(new Period().setEnd(in(Duration.ZERO)))),
                        rule(
                                "Consent.provision.class",
                                rule -> rule.addClass_(new Coding(ConsentCodes.TYPES, "Observation", null))),
                        rule(
                                "Consent.provision.class",
                                rule -> rule.addClass_(new Coding(ConsentCodes.TYPES, "Encounter", null))),
                        rule("Consent.provision.class", rule -> rule.addClass_(new Coding("urn:x", "Condition", null))),
                        rule(
                                "Consent.provision.class",
                                rule -> rule.addClass_(new Coding(ConsentCodes.PARTS, "psyche", null))),
                        rule(
                                "Consent.provision.action",
                                rule -> rule.addAction(
                                        new CodeableConcept(new Coding(ConsentCodes.ACTIONS, "disclose", null)))),
                        rule(
                                "Consent.provision.action",
                                rule -> rule.addAction(
                                        new CodeableConcept(new Coding(ConsentCodes.ACTIONS, "correct", null)))),
                        rule("Consent.provision.extension", rule -> rule.addExtension("urn:x", new StringType("x"))),
                        rule("Consent.provision.provision[0].type", rule -> rule.addProvision()
                                .setType(ConsentProvisionType.DENY)))
                .map(mistake -> DynamicTest.dynamicTest(mistake.element(), () -> {
                    Consent permit = permit(patient, clinician);
                    mistake.make().accept(permit);
                    assertThatThrownBy(() -> create(patient, permit))
                            .isInstanceOfSatisfying(UnprocessableEntityException.class, refused -> assertThat(
                                            ((OperationOutcome) refused.getOperationOutcome())
                                                    .getIssueFirstRep()
                                                    .getExpression())
                                    .extracting(StringType::getValue)
                                    .containsExactly(mistake.element()));
                    assertThat(held(clinician)).isEqualTo(Held.NOTHING);
                }));
    }

    private record Mistake(String element, Consumer<Consent> make) {}

    private static Mistake rule(String element, Consumer<ProvisionComponent> make) {
        return new Mistake(element, consent -> make.accept(consent.getProvision()));
    }

    @Test
    void consentsToOtherThingsAreRecordsWithoutEffect() {
        User patient = patient();
        User clinician = practitioner();
        Consent research = permit(patient, clinician);
        research.setScope(new CodeableConcept(new Coding(ConsentCodes.SCOPES, "research", null)));
        research.getProvision().setPeriod(null);

        create(patient, research);
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
        assertThat(rows(patient)).isZero();
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

    @Test
    void nobodyButThePatientDecides() {
        User patient = patient();
        User clinician = practitioner();
        Answer all = post(patient, "/api/consents/grants", """
                {"to": {"email": "%s"}, "hours": 5, "permissions": [
                   {"resource": "all_phi", "action": "read"}, {"resource": "all_phi", "action": "write"}]}
                """.formatted(clinician.email()));
        assertThat(all.status()).isEqualTo(201);
        Answer denial = post(patient, "/api/consents/denials", "{\"resources\": [\"imaging\"]}");
        Consent kept = read(denial.text("consent"));

        assertThatThrownBy(() -> create(clinician, permit(patient, practitioner())))
                .isInstanceOf(ForbiddenOperationException.class);
        assertThatThrownBy(() -> update(clinician, kept.setStatus(ConsentState.INACTIVE)))
                .isInstanceOf(BaseServerResponseException.class);
        assertThatThrownBy(() ->
                        clientAs(clinician.token()).delete().resource(kept).execute())
                .isInstanceOf(BaseServerResponseException.class);
        assertThat(held(clinician).denials()).hasSize(1);
    }

    @Test
    void aServiceBringsConsentsOfWhichOnlyThoseThatNameAUserHold() {
        User patient = patient();
        User clinician = practitioner();
        Consent historic = permit(patient, clinician);
        historic.getProvision().getPeriod().setEnd(in(Duration.ofDays(-400)));
        Consent elsewhere = permit(patient, clinician);
        elsewhere.getProvision().getActorFirstRep().setReference(new Reference().setDisplay("Dr. Elsewhere"));
        create(historic);
        create(elsewhere);
        assertThat(rows(patient)).isZero();

        Consent brought = create(permit(patient, clinician));
        assertThat(held(clinician).patients()).containsExactly(patient.record());
        assertThatThrownBy(() -> {
                    brought.getProvision().addSecurityLabel(new Coding("urn:x", "R", null));
                    client().update().resource(brought).withId(id(brought)).execute();
                })
                .as("what holds is not made unreadable")
                .isInstanceOf(UnprocessableEntityException.class);
        client().delete().resource(brought).execute();
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
    }

    private Consent permit(User patient, User clinician) {
        Consent consent = consent(patient, ConsentProvisionType.PERMIT);
        consent.getProvision().setPeriod(new Period().setEnd(in(Duration.ofHours(24))));
        consent.getProvision()
                .addActor()
                .setRole(new CodeableConcept(new Coding(ConsentCodes.PARTICIPATIONS, "PRCP", null)))
                .setReference(new Reference(fhirUser(clinician)));
        return consent;
    }

    private static Consent consent(User patient, ConsentProvisionType type) {
        Consent consent = new Consent();
        consent.setStatus(ConsentState.ACTIVE);
        consent.setScope(ConsentCodes.privacy());
        consent.addCategory(ConsentCodes.document());
        consent.setPatient(new Reference("Patient/" + patient.record()));
        consent.setPolicyRule(ConsentCodes.policy(type == ConsentProvisionType.PERMIT));
        consent.getProvision().setType(type);
        return consent;
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    private Consent create(User user, Consent consent) {
        return create(clientAs(user.token()), consent);
    }

    private Consent create(Consent consent) {
        return create(client(), consent);
    }

    private static Consent create(IGenericClient client, Consent consent) {
        return (Consent) client.create().resource(consent).execute().getResource();
    }

    private void update(User user, Consent consent) {
        consent.setId(consent.getIdElement().toUnqualifiedVersionless());
        clientAs(user.token()).update().resource(consent).execute();
    }

    private static String id(Consent consent) {
        return consent.getIdElement().getIdPart();
    }

    private Consent read(String id) {
        return client().read().resource(Consent.class).withId(id).execute();
    }

    /** A clinician who is a Practitioner of this server. */
    private User practitioner() {
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

    private String fhirUser(User user) {
        return jdbc.sql("select fhir_user from holovitals.users where subject = ?")
                .param(user.subject())
                .query(String.class)
                .single();
    }

    private int rows(User patient) {
        return jdbc.sql("select count(*) from holovitals.consent_grants where patient_fhir_id = ?")
                .param(patient.record())
                .query(Integer.class)
                .single();
    }

    private Held held(User clinician) {
        return consents.of(GrantsTest.caller(clinician, "test-client", "127.0.0.1"));
    }
}
