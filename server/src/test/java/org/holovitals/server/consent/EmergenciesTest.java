package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.holovitals.server.audit.AccessRecord.Facts;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What goes beside the usual way: emergencies, parents and carers, and what is kept back from all of them. */
final class EmergenciesTest extends ConsentTest {
    private static final String BREAK_GLASS = "/api/consents/break-glass";
    private static final Permission READ_ALL = new Permission(Part.ALL_PHI, Action.READ);

    private final Consents consents;
    private final BreakGlassEndpoint endpoint;
    private final ProxyEndpoint proxies;
    private final JdbcClient jdbc;

    @Autowired
    EmergenciesTest(Consents consents, BreakGlassEndpoint endpoint, ProxyEndpoint proxies, JdbcClient jdbc) {
        this.consents = consents;
        this.endpoint = endpoint;
        this.proxies = proxies;
        this.jdbc = jdbc;
    }

    @Test
    void theGlassIsBrokenForAnHourAndEverybodyIsTold() {
        User patient = patient();
        User clinician = clinician();

        Answer broken = post(clinician, BREAK_GLASS, emergency(patient.record()));
        assertThat(broken.status()).isEqualTo(201);
        assertThat(broken.text("kind")).isEqualTo("break-glass");
        assertThat(Duration.between(Instant.parse(broken.text("grantedAt")), Instant.parse(broken.text("expiresAt"))))
                .isEqualTo(Duration.ofMinutes(60));
        assertThat(held(clinician).grants())
                .containsExactly(new Consents.Grant(broken.id(), patient.record(), Set.of(READ_ALL)));
        assertThat(told(patient, broken.id())).containsExactly("break-glass");
        assertThat(jdbc.sql("""
                        select severity || ' ' || action || ' ' || occurrences from holovitals.security_alerts
                        where details ->> 'consent' = ?
                        """).param(broken.text("id")).query(String.class).list())
                .containsExactly("high break-glass 1");
    }

    @Test
    void asOftenAsItIsBrokenWithinTheHourItIsOneGrant() {
        String record = record();
        User clinician = clinician();

        List<Answer> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> post(clinician, BREAK_GLASS, emergency(record)))
                .toList();
        assertThat(answers)
                .extracting(answer -> answer.text("id"))
                .containsOnly(answers.get(0).text("id"));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(7);
        assertThat(post(clinician(), BREAK_GLASS, emergency(record)).text("id"))
                .isNotEqualTo(answers.get(0).text("id"));
    }

    @Test
    void itGoesToTheReviewQueueWithoutItsReason() {
        String record = record();
        User clinician = clinician();
        Caller caller = GrantsTest.caller(clinician, "test-client", "127.0.0.1");

        UUID grant = endpoint.breakGlass(
                        new Bodies.Emergency(new PatientChoice(record, null, null), "Found unconscious"), caller)
                .getBody()
                .id();
        assertThat(caller.call().record().facts())
                .isEqualTo(new Facts(
                        "break-glass",
                        "consent_grants",
                        grant.toString(),
                        org.holovitals.server.audit.AuditEntry.About.patient(record),
                        Severity.HIGH,
                        true,
                        Map.of()));
    }

    @Test
    void aReasonIsNeededAndAPatient() {
        User clinician = clinician();
        assertThat(post(clinician, BREAK_GLASS, emergency(record()).replace("Found unconscious", "please"))
                        .text("detail"))
                .isEqualTo("reason has to be text of 10 to 1000 characters");
        assertThat(post(clinician, BREAK_GLASS, emergency("nobody")).status()).isEqualTo(404);
    }

    @Test
    void theComplianceOfficerSeesThatItWasDoneAndNotWhy() {
        User clinician = clinician();
        Answer broken = post(clinician, BREAK_GLASS, emergency(record()));

        Answer list = get(user("compliance", ""), BREAK_GLASS + "?count=100");
        assertThat(list.body().path("items").findValuesAsText("id")).contains(broken.text("id"));
        assertThat(list.body().toString()).contains(clinician.email()).doesNotContain("unconscious");
    }

    @Test
    void aPatientEndsIt() {
        User patient = patient();
        User clinician = clinician();
        UUID id = post(clinician, BREAK_GLASS, emergency(patient.record())).id();

        assertThat(post(patient, "/api/consents/" + id + "/revoke", "{}").status())
                .isEqualTo(200);
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
    }

    @Test
    void whatIsKeptBackStaysBackInAnEmergencyToo() {
        User patient = patient();
        User clinician = clinician();
        Answer all = post(patient, "/api/consents/denials", "{\"resources\": [\"clinical_notes\", \"imaging\"]}");
        Answer one = post(
                patient,
                "/api/consents/denials",
                "{\"resources\": [\"all_phi\"], \"to\": {\"user\": \"%s\"}}".formatted(userId(clinician)));
        Answer another = post(
                patient,
                "/api/consents/denials",
                "{\"resources\": [\"all_phi\"], \"to\": {\"email\": \"%s\"}}"
                        .formatted(clinician().email()));
        assertThat(List.of(all.status(), one.status(), another.status())).containsOnly(201);
        post(clinician, BREAK_GLASS, emergency(patient.record()));

        assertThat(held(clinician).denials())
                .containsExactlyInAnyOrder(
                        new Denial(all.id(), patient.record(), Set.of(Part.CLINICAL_NOTES, Part.IMAGING)),
                        new Denial(one.id(), patient.record(), Set.of(Part.ALL_PHI)));

        assertThat(delete(patient(), "/api/consents/denials/" + one.id()).status())
                .isEqualTo(404);
        assertThat(delete(patient, "/api/consents/denials/" + one.id()).status())
                .isEqualTo(200);
        assertThat(delete(patient, "/api/consents/denials/" + one.id()).status())
                .isEqualTo(409);
        assertThat(held(clinician).denials()).extracting(Denial::id).containsExactly(all.id());
        assertThat(get(patient, "/api/consents/denials?count=2")
                        .body()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactly(another.text("id"), one.text("id"));
    }

    @Test
    void aParentAsksAndThePatientAnswers() {
        User child = patient();
        User parent = patient();
        Answer asked = post(parent, "/api/consents/proxies", proxy(child.record(), ""));
        assertThat(asked.status()).isEqualTo(201);
        assertThat(told(child, asked.id())).containsExactly("consent-requested");

        Answer given = post(child, "/api/consents/" + asked.id() + "/approve", "{\"until\": \"2999-01-01T00:00:00Z\"}");
        assertThat(given.text("kind")).isEqualTo("proxy");
        assertThat(given.text("expiresAt")).isEqualTo("2999-01-01T00:00:00Z");
        assertThat(held(parent).patients()).containsExactly(child.record());
        assertThat(consents.of(GrantsTest.caller(
                                new User(parent.subject(), "clinician", ""), "test-client", "127.0.0.1"))
                        .patients())
                .as("a proxy's grant is for the patient's role")
                .isEmpty();

        post(child, "/api/consents/" + asked.id() + "/revoke", "{}");
        assertThat(held(parent)).isEqualTo(Held.NOTHING);
    }

    @Test
    void aPatientLetsACarerInUntilFurtherNotice() {
        User patient = patient();
        User carer = patient();
        Answer given = post(patient, "/api/consents/grants", """
                {"kind": "proxy", "to": {"email": "%s"}, "permissions": [{"resource": "all_phi", "action": "read"}]}
                """.formatted(carer.email()));
        assertThat(given.status()).isEqualTo(201);
        assertThat(given.body().path("expiresAt").isNull()).isTrue();
        assertThat(held(carer).patients()).containsExactly(patient.record());
    }

    @Test
    void anAdministratorLetsAParentIntoARecordThatNobodyHasClaimed() {
        String record = record();
        User parent = patient();
        UUID id = post(parent, "/api/consents/proxies", proxy(record, ", \"until\": \"2999-01-01T00:00:00Z\""))
                .id();
        User admin = user("admin", "");
        String approve = "/api/consents/proxies/" + id + "/approve";

        assertThat(get(admin, "/api/consents/proxies?count=100")
                        .body()
                        .path("items")
                        .findValuesAsText("id"))
                .contains(id.toString());
        assertThat(post(admin, approve, "{\"note\": \"ok\"}").text("detail"))
                .isEqualTo("note has to be text of 10 to 1000 characters");
        Caller caller = GrantsTest.caller(admin, "test-client", "127.0.0.1");
        proxies.approve(id, new Bodies.Check("Birth certificate and passport"), caller);
        Facts facts = caller.call().record().facts();
        assertThat(facts.requiresReview()).isTrue();
        assertThat(facts.details()).containsExactly(Map.entry("note", "Birth certificate and passport"));
        assertThat(held(parent).patients()).containsExactly(record);
        assertThat(told(parent, id)).containsExactly("consent-approved");
        assertThat(post(admin, approve, "{\"note\": \"Birth certificate\"}").status())
                .isEqualTo(409);
    }

    @Test
    void anAdministratorDoesNotDecideForWhoCanDecideHimself() {
        User patient = patient();
        UUID claimed = post(patient(), "/api/consents/proxies", proxy(patient.record(), ""))
                .id();
        User admin = user("admin", "");

        assertThat(get(admin, "/api/consents/proxies?count=100")
                        .body()
                        .path("items")
                        .findValuesAsText("id"))
                .doesNotContain(claimed.toString());
        assertThat(post(admin, "/api/consents/proxies/" + claimed + "/approve", "{\"note\": \"Birth certificate\"}")
                        .status())
                .isEqualTo(404);
        UUID free =
                post(patient(), "/api/consents/proxies", proxy(record(), "")).id();
        assertThat(post(admin, "/api/consents/proxies/" + free + "/deny", "{\"reason\": \"No papers\"}")
                        .text("status"))
                .isEqualTo("denied");
    }

    private static String emergency(String record) {
        return "{\"patient\": {\"id\": \"" + record + "\"}, \"reason\": \"Found unconscious\"}";
    }

    private static String proxy(String record, String more) {
        return "{\"patient\": {\"id\": \"" + record + "\"}, \"reason\": \"I am the mother\","
                + " \"permissions\": [{\"resource\": \"all_phi\", \"action\": \"read\"}]" + more + "}";
    }

    private UUID userId(User user) {
        return jdbc.sql("select id from holovitals.users where subject = ?")
                .param(user.subject())
                .query(UUID.class)
                .single();
    }

    private Held held(User user) {
        return consents.of(GrantsTest.caller(user, "test-client", "127.0.0.1"));
    }
}
