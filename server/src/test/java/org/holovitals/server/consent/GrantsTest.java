package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.holovitals.server.access.SmartScopes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** From the request to the end of a grant, who decides, who is told, and what holds meanwhile. */
final class GrantsTest extends ConsentTest {
    private static final Permission READ_RESULTS = new Permission(Part.TEST_RESULTS, Action.READ);
    private static final Permission CORRECT_RESULTS = new Permission(Part.TEST_RESULTS, Action.CORRECT);

    private final Consents consents;

    @Autowired
    GrantsTest(Consents consents) {
        this.consents = consents;
    }

    @Test
    void aRequestIsAnsweredAndHoldsForItsHours() {
        User patient = patient();
        User clinician = clinician();

        Answer asked = ask(clinician, patient);
        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.text("status")).isEqualTo("requested");
        assertThat(asked.text("urgency")).isEqualTo("urgent");
        assertThat(asked.body().path("grantedAt").isNull()).isTrue();
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);

        Answer given = post(patient, "/api/consents/" + asked.id() + "/approve", "");
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.text("status")).isEqualTo("approved");
        assertThat(Duration.between(Instant.parse(given.text("grantedAt")), Instant.parse(given.text("expiresAt"))))
                .isEqualTo(Duration.ofHours(4));
        assertThat(given.body().path("grantee").path("email").asText()).isEqualTo(clinician.email());
        assertThat(held(clinician).grants())
                .containsExactly(
                        new Consents.Grant(asked.id(), patient.record(), Set.of(READ_RESULTS, CORRECT_RESULTS)));
        assertThat(told(patient, asked.id())).containsExactly("consent-requested");
        assertThat(told(clinician, asked.id())).containsExactly("consent-approved");
    }

    @Test
    void aPatientMayGiveLessThanIsAskedForAndNotMore() {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();
        String approve = "/api/consents/" + id + "/approve";

        assertThat(post(patient, approve, "{\"hours\": 5}").text("detail"))
                .isEqualTo("hours has to be a number from 1 to 4");
        assertThat(post(patient, approve, "{\"permissions\": [{\"resource\": \"all_phi\", \"action\": \"read\"}]}")
                        .text("detail"))
                .isEqualTo("permissions goes beyond what was asked for");
        assertThat(post(patient, approve, "{\"restrictions\": {\"addresses\": [\"example.org\"]}}")
                        .text("detail"))
                .startsWith("restrictions.addresses has to hold networks");

        Answer given = post(patient, approve, """
                {"hours": 2, "permissions": [{"resource": "test_results", "action": "read"}],
                 "restrictions": {"clients": ["chart"], "addresses": ["127.0.0.0/8"], "viewOnly": true}}
                """);
        assertThat(given.body().path("hours").asInt()).isEqualTo(2);
        assertThat(given.body().path("restrictions").toString())
                .isEqualTo("{\"addresses\":[\"127.0.0.0/8\"],\"clients\":[\"chart\"],\"viewOnly\":true}");
        assertThat(held(clinician).grants()).as("another app").isEmpty();
        assertThat(held(clinician, "chart", "127.0.0.1").grants())
                .containsExactly(new Consents.Grant(id, patient.record(), Set.of(READ_RESULTS)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.2.3, true",
        "10.1.0.0/16, 10.2.2.3, false",
        "10.1.0.0/16, ::ffff:10.1.2.3, true",
        "::ffff:10.1.0.0/112, 10.1.2.3, true",
        "2001:db8::/32, 2001:db8:1::5, true",
        "2001:db8::/32, 2001:db9::5, false",
        "2001:db8::/32, 10.1.2.3, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.0.0/16, , false"
    })
    void aGrantIsTiedToItsNetworks(String network, @Nullable String address, boolean holds) {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();
        post(patient, "/api/consents/" + id + "/approve", "{\"restrictions\": {\"addresses\": [\"" + network + "\"]}}");

        assertThat(held(clinician, "test-client", address).patients().contains(patient.record()))
                .isEqualTo(holds);
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        assertThat(Stream.of(
                                "",
                                "10",
                                "10.1",
                                "999.1.1.1",
                                "1.2.3.4/33",
                                "::1/129",
                                "::ffff:1.2.3.4/95",
                                "abc",
                                "a.b",
                                "fe80::1%eth0",
                                "1.2.3.4/",
                                "01.2.3.4",
                                ":",
                                "10.0.0.0/-1")
                        .map(Network::parse))
                .allMatch(parsed -> parsed.isEmpty());
    }

    @Test
    void viewOnlyLeavesNothingButReading() {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();
        post(patient, "/api/consents/" + id + "/approve", "{\"restrictions\": {\"viewOnly\": true}}");

        assertThat(held(clinician).grants())
                .extracting(Consents.Grant::permissions)
                .containsExactly(Set.of(READ_RESULTS));
    }

    @Test
    void aDeniedRequestGivesNothing() {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();

        assertThat(post(patient, "/api/consents/" + id + "/deny", "{}").text("detail"))
                .isEqualTo("reason is missing");
        Answer denied = post(patient, "/api/consents/" + id + "/deny", "{\"reason\": \"I do not know you\"}");
        assertThat(denied.text("status")).isEqualTo("denied");
        assertThat(get(clinician, "/api/consents/" + id).text("denialReason")).isEqualTo("I do not know you");
        assertThat(told(clinician, id)).containsExactly("consent-denied");
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
        Answer late = post(patient, "/api/consents/" + id + "/approve", "{}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("detail")).isEqualTo("The consent is denied now, which does not allow this");
    }

    @Test
    void aRevokedGrantEndsWithTheNextRequest() {
        User patient = patient();
        User clinician = clinician();
        UUID id = granted(clinician, patient).id();
        assertThat(held(clinician).patients()).containsExactly(patient.record());

        Answer revoked = post(patient, "/api/consents/" + id + "/revoke", "{\"reason\": \"Enough\"}");
        assertThat(revoked.text("status")).isEqualTo("revoked");
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
        assertThat(told(clinician, id)).containsExactly("consent-approved", "consent-revoked");
        assertThat(post(patient, "/api/consents/" + id + "/revoke", "").status())
                .isEqualTo(409);
    }

    @Test
    void aClinicianTakesBackARequestAndGivesBackAGrant() {
        User patient = patient();
        User clinician = clinician();
        UUID request = ask(clinician, patient).id();
        assertThat(post(clinician, "/api/consents/" + request + "/withdraw", "").text("status"))
                .isEqualTo("revoked");
        assertThat(told(patient, request)).containsExactly("consent-requested", "consent-withdrawn");

        UUID grant = granted(clinician, patient).id();
        assertThat(post(clinician, "/api/consents/" + grant + "/withdraw", "").text("status"))
                .isEqualTo("revoked");
        assertThat(told(patient, grant)).containsExactly("consent-requested", "consent-given-back");
        assertThat(held(clinician)).isEqualTo(Held.NOTHING);
        assertThat(post(clinician, "/api/consents/" + grant + "/withdraw", "").status())
                .isEqualTo(409);
    }

    @Test
    void onlyOneOfTwoAnswersAtOnceWins() {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();

        List<Answer> answers = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> i % 2 == 0
                        ? post(patient, "/api/consents/" + id + "/approve", "{}")
                        : post(patient, "/api/consents/" + id + "/deny", "{\"reason\": \"No\"}"))
                .toList();

        String state = get(patient, "/api/consents/" + id).text("status");
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .hasSize(15)
                .allMatch(answer -> answer.text("detail").contains(state));
        assertThat(told(clinician, id)).hasSize(1);
    }

    @Test
    void aPatientGivesWithoutHavingBeenAsked() {
        User patient = patient();
        User clinician = clinician();
        String gift = """
                {"to": {"email": "%s"}, "hours": 72, "permissions": [{"resource": "all_phi", "action": "read"}]}
                """;

        Answer given = post(
                patient,
                "/api/consents/grants",
                gift.formatted(clinician.email().toUpperCase(java.util.Locale.ROOT)));
        assertThat(given.status()).isEqualTo(201);
        assertThat(held(clinician).patients()).containsExactly(patient.record());
        assertThat(told(clinician, given.id())).containsExactly("consent-approved");

        assertThat(post(patient, "/api/consents/grants", gift.formatted(patient.email()))
                        .text("detail"))
                .isEqualTo("to names nobody here who is a clinician");
        assertThat(post(patient, "/api/consents/grants", gift.formatted("nobody@example.org"))
                        .text("detail"))
                .isEqualTo("to names nobody who has called this server");
        assertThat(post(user("patient", ""), "/api/consents/grants", gift.formatted(clinician.email()))
                        .status())
                .as("has no record")
                .isEqualTo(404);
    }

    @Test
    void toOthersThereIsNoSuchConsent() {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();
        Answer nothing = get(patient, "/api/consents/" + UUID.randomUUID());

        for (User other : List.of(patient(), clinician())) {
            assertThat(get(other, "/api/consents/" + id)).isEqualTo(nothing);
            assertThat(get(other, "/api/consents?patient=" + patient.record())
                            .body()
                            .path("items"))
                    .isEmpty();
            assertThat(post(other, "/api/consents/" + id + "/withdraw", "")).isEqualTo(nothing);
        }
        User other = patient();
        assertThat(post(other, "/api/consents/" + id + "/approve", "{}")).isEqualTo(nothing);
        assertThat(post(other, "/api/consents/" + id + "/deny", "{\"reason\": \"No\"}"))
                .isEqualTo(nothing);
        assertThat(post(other, "/api/consents/" + id + "/revoke", "{}")).isEqualTo(nothing);
    }

    @Test
    void aListIsReadPageByPageAndByState() {
        User patient = patient();
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i -> ask(clinician(), patient).text("id"))
                .toList();
        post(patient, "/api/consents/" + ids.get(0) + "/approve", "{}");

        JsonNode first = get(patient, "/api/consents?count=3").body();
        JsonNode second = get(
                        patient,
                        "/api/consents?count=3&after=" + first.path("next").asText())
                .body();
        assertThat(Stream.concat(
                        first.path("items").findValuesAsText("id").stream(),
                        second.path("items").findValuesAsText("id").stream()))
                .containsExactly(ids.get(4), ids.get(3), ids.get(2), ids.get(1), ids.get(0));
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(get(patient, "/api/consents?status=approved")
                        .body()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactly(ids.get(0));
        assertThat(get(patient, "/api/consents?patient=%00").status()).isEqualTo(400);
        assertThat(get(patient, "/api/consents?after=1").status()).isEqualTo(400);
        assertThat(get(patient, "/api/consents?count=0").text("detail"))
                .isEqualTo("count has to be a number from 1 to 100");
        assertThat(get(patient, "/api/consents?status=open").text("detail"))
                .isEqualTo("status has to be one of requested, approved, denied, revoked, expired");
    }

    private Held held(User clinician) {
        return held(clinician, "test-client", "127.0.0.1");
    }

    private Held held(User clinician, String client, @Nullable String address) {
        return consents.of(caller(clinician, client, address));
    }

    static Caller caller(User user, String client, @Nullable String address) {
        return new Caller(
                user.subject(),
                client,
                null,
                null,
                null,
                null,
                Set.of(user.role()),
                new SmartScopes(List.of()),
                false,
                Call.from(address == null ? null : literal(address)));
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
