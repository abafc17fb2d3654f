package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.users.Users;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A parent whose consent permits it answers for the child, who is told as well. */
final class DecidingProxiesTest extends ConsentTest {
    private static final String READS = "{\"resource\": \"all_phi\", \"action\": \"read\"}";
    private static final String DECIDES = "{\"resource\": \"all_phi\", \"action\": \"decide\"}";

    private final Users users;
    private final JdbcClient jdbc;

    @Autowired
    DecidingProxiesTest(Users users, JdbcClient jdbc) {
        this.users = users;
        this.jdbc = jdbc;
    }

    @Test
    void aProxyApprovesDeniesAndRevokesAndEverybodyElseIsTold() {
        User child = patient();
        User mother = patient();
        User father = patient();
        letDecide(child, mother);
        letDecide(child, father);
        User clinician = clinician();

        UUID asked = ask(clinician, child).id();
        assertThat(listed(mother, child)).contains(asked);
        assertThat(get(mother, "/api/consents/" + asked).status()).isEqualTo(200);
        Answer approved = post(mother, "/api/consents/" + asked + "/approve", "{\"hours\": 2}");
        assertThat(approved.text("status")).isEqualTo("approved");
        assertThat(approved.text("decidedBy")).isEqualTo(row(mother));
        assertThat(post(father, "/api/consents/" + asked + "/approve", "{}").status())
                .isEqualTo(409);
        Answer revoked = post(father, "/api/consents/" + asked + "/revoke", "{\"reason\": \"Enough\"}");
        assertThat(revoked.text("status")).isEqualTo("revoked");
        assertThat(revoked.text("decidedBy")).isEqualTo(row(father));

        UUID second = ask(clinician, child).id();
        assertThat(post(mother, "/api/consents/" + second + "/deny", "{\"reason\": \"No\"}")
                        .text("status"))
                .isEqualTo("denied");
        assertThat(told(child, asked)).containsExactly("consent-requested", "consent-decided", "consent-decided");
        assertThat(told(mother, asked)).containsExactly("consent-requested", "consent-decided");
        assertThat(told(father, asked)).containsExactly("consent-requested", "consent-decided");
        assertThat(told(clinician, asked)).containsExactly("consent-approved", "consent-revoked");
        assertThat(jdbc.sql("""
                        select action || ' ' || patients::text || ' ' || cardinality(consents) from holovitals.audit_logs
                        where resource_id = ? and user_id = ?::uuid and action = 'approve-consent'
                        """)
                        .params(asked.toString(), row(mother))
                        .query(String.class)
                        .list())
                .containsExactly("approve-consent {" + child.record() + "} 1");
    }

    @Test
    void aProxyForOneWithoutAnAccountIsAskedAndAnswers() {
        String record = record();
        User parent = patient();
        UUID proxy = post(parent, "/api/consents/proxies", """
                        {"patient": {"id": "%s"}, "reason": "I am her mother", "permissions": [%s, %s]}
                        """.formatted(record, READS, DECIDES))
                .id();
        User clinician = clinician();
        String request = request(record);
        assertThat(post(clinician, "/api/consents", request).status()).isEqualTo(409);
        User admin = user("admin", "");
        assertThat(post(
                                admin,
                                "/api/consents/proxies/" + proxy + "/approve",
                                "{\"note\": \"Birth certificate, passport\"}")
                        .status())
                .isEqualTo(200);

        UUID asked = post(clinician, "/api/consents", request).id();
        assertThat(told(parent, asked)).containsExactly("consent-requested");
        assertThat(post(parent, "/api/consents/" + asked + "/approve", "{}").text("status"))
                .isEqualTo("approved");
        assertThat(post(parent, "/api/consents/" + asked + "/revoke", "{}").text("status"))
                .isEqualTo("revoked");
    }

    @Test
    void aProxyWhoMayOnlyReadDecidesNothingAndNobodyDecidesForHimself() {
        User child = patient();
        User aunt = patient();
        give(child, aunt, READS);
        User mother = patient();
        letDecide(child, mother);
        User clinician = clinician();
        UUID asked = ask(clinician, child).id();
        assertThat(post(aunt, "/api/consents/" + asked + "/approve", "{}").status())
                .isEqualTo(404);
        assertThat(get(aunt, "/api/consents/" + asked).status()).isEqualTo(404);
        assertThat(listed(aunt, child)).doesNotContain(asked);

        UUID ofTheAunt = post(aunt, "/api/consents/proxies", """
                        {"patient": {"id": "%s"}, "reason": "I help her", "permissions": [%s]}
                        """.formatted(child.record(), DECIDES))
                .id();
        assertThat(post(mother, "/api/consents/" + ofTheAunt + "/approve", "{}").status())
                .as("who is a proxy is the patient's to say")
                .isEqualTo(404);
        assertThat(post(aunt, "/api/consents/" + ofTheAunt + "/approve", "{}").status())
                .isEqualTo(404);
        UUID ofTheMother = grantOf(mother, child);
        assertThat(post(child, "/api/consents/" + ofTheMother + "/revoke", "{}").text("status"))
                .isEqualTo("revoked");
        assertThat(post(mother, "/api/consents/" + asked + "/approve", "{}").status())
                .as("from the next request on")
                .isEqualTo(404);
    }

    @Test
    void onlyAProxyIsLetDecide() {
        User patient = patient();
        User clinician = clinician();
        assertThat(post(
                                clinician,
                                "/api/consents",
                                request(patient.record())
                                        .replace("\"action\": \"correct\"", "\"action\": \"decide\"")
                                        .replace("test_results", "all_phi"))
                        .text("detail"))
                .isEqualTo("permissions: to decide is for a proxy only");
        assertThat(post(patient, "/api/consents/grants", """
                        {"to": {"user": "%s"}, "hours": 2, "permissions": [%s]}
                        """.formatted(row(clinician), DECIDES))
                        .status())
                .isEqualTo(400);
        assertThat(post(patient, "/api/consents/grants", """
                        {"to": {"user": "%s"}, "kind": "proxy", "permissions": [{"resource": "imaging", "action": "decide"}]}
                        """.formatted(row(patient())))
                        .status())
                .isEqualTo(400);
    }

    private void letDecide(User patient, User proxy) {
        give(patient, proxy, READS + ", " + DECIDES);
    }

    private void give(User patient, User proxy, String permissions) {
        assertThat(post(patient, "/api/consents/grants", """
                        {"to": {"email": "%s"}, "kind": "proxy", "permissions": [%s]}
                        """.formatted(proxy.email(), permissions))
                        .status())
                .isEqualTo(201);
    }

    private UUID grantOf(User proxy, User patient) {
        return jdbc.sql("""
                        select id from holovitals.consent_grants where specialist_id = ?::uuid and patient_fhir_id = ?
                          and status = 'approved'
                        """)
                .params(row(proxy), patient.record())
                .query(UUID.class)
                .single();
    }

    private String row(User user) {
        return users.bySubject(user.subject()).orElseThrow().toString();
    }

    private List<UUID> listed(User user, User patient) {
        return get(user, "/api/consents?patient=" + patient.record())
                .body()
                .path("items")
                .findValuesAsText("id")
                .stream()
                .map(UUID::fromString)
                .toList();
    }
}
