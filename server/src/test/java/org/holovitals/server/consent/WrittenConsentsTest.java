package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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

/** What a patient's app, or a service, writes as FHIR Consents is enforced, or refused. */
final class WrittenConsentsTest extends WrittenConsentFixture {
    @Autowired
    WrittenConsentsTest(Consents consents, JdbcClient jdbc) {
        super(consents, jdbc);
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
}
