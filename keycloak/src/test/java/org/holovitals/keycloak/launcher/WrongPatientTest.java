package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak has one session for a user and an app; each launch in it must keep its own patient. */
final class WrongPatientTest {
    private final TestKeycloak keycloak = TestKeycloak.get();
    private final Api api = keycloak.api();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid launch/patient patient/Observation.rs",
                "launch/patient online_access patient/Observation.rs"
            })
    void aRefreshKeepsThePatientOfItsLaunch(String scope) {
        Browser browser = new Browser(keycloak).open(scope).login(api.patient("alice", "bob"), Api.PASSWORD);
        JsonNode alice = browser.allow("alice").tokens();
        JsonNode bob = browser.open(scope).allow("bob").tokens();

        assertPatient(alice, "alice");
        assertPatient(bob, "bob");
        JsonNode again = api.refresh(alice);
        assertPatient(again, "alice");
        assertPatient(api.refresh(bob), "bob");
        assertPatient(api.refresh(again), "alice");
    }

    /** Offline sessions are shared by the launches of an app, too, once it has been opened without asking for one. */
    @Test
    void anOfflineRefreshKeepsThePatientOfItsLaunch() {
        String scope = "launch/patient offline_access patient/Observation.rs";
        Browser browser = new Browser(keycloak)
                .open("launch/patient patient/Observation.rs")
                .login(api.patient("alice", "bob"), Api.PASSWORD);
        browser.allow("bob").tokens();
        JsonNode alice = browser.open(scope).allow("alice").tokens();
        JsonNode bob = browser.open(scope).allow("bob").tokens();

        assertThat(Api.claims(alice.path("refresh_token").asText()).path("typ").asText())
                .isEqualTo("Offline");
        assertPatient(api.refresh(alice), "alice");
        assertPatient(api.refresh(bob), "bob");
    }

    @Test
    void anOfflineLaunchOfItsOwnHasItsPatient() {
        JsonNode tokens = new Browser(keycloak)
                .open("launch/patient offline_access patient/Observation.rs")
                .login(api.patient("alice", "bob"), Api.PASSWORD)
                .allow("alice")
                .tokens();

        assertPatient(tokens, "alice");
        assertPatient(api.refresh(tokens), "alice");
    }

    @Test
    void twoLaunchesAtTheSameTimeKeepTheirPatients() {
        String scope = "launch/patient patient/Observation.rs";
        String user = api.patient("alice", "bob");
        Browser first = new Browser(keycloak).open(scope).login(user, Api.PASSWORD);
        first.allow("alice");
        Browser second = first.inAnotherTab().open(scope);
        second.allow("bob");

        assertPatient(first.tokens(), "alice");
        assertPatient(second.tokens(), "bob");
    }

    @Test
    void aLaunchWithoutAPatientDoesNotInheritOne() {
        Browser browser = new Browser(keycloak)
                .open("launch/patient patient/Observation.rs")
                .login(api.patient("alice"), Api.PASSWORD);
        browser.allow("").tokens();

        JsonNode tokens = browser.open("openid user/Observation.rs").allow("").tokens();

        assertThat(tokens.path("access_token").asText()).isNotEmpty();
        assertThat(tokens.has("patient")).isFalse();
        assertThat(Api.claims(tokens.path("access_token").asText()).has("patient"))
                .isFalse();
    }

    @Test
    void aRefreshTokenIsGoodOnce() {
        JsonNode tokens = new Browser(keycloak)
                .open("launch/patient patient/Observation.rs")
                .login(api.patient("alice"), Api.PASSWORD)
                .allow("")
                .tokens();

        assertPatient(api.refresh(tokens), "alice");
        assertThat(api.refresh(tokens).path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void aRevokedRefreshTokenAndItsAccessTokenAreGoodForNothing() {
        JsonNode tokens = new Browser(keycloak)
                .open("launch/patient patient/Observation.rs")
                .login(api.patient("alice"), Api.PASSWORD)
                .allow("")
                .tokens();

        assertThat(api.revoke(tokens)).isEqualTo(200);

        assertThat(api.refresh(tokens).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(api.introspect(tokens.path("access_token").asText())
                        .path("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void introspectionNamesThePatientOfTheToken() {
        String scope = "launch/patient patient/Observation.rs";
        Browser browser = new Browser(keycloak).open(scope).login(api.patient("alice", "bob"), Api.PASSWORD);
        JsonNode alice = browser.allow("alice").tokens();
        JsonNode bob = browser.open(scope).allow("bob").tokens();

        JsonNode answer = api.introspect(alice.path("access_token").asText());
        assertThat(answer.path("active").asBoolean()).isTrue();
        assertThat(answer.path("patient").asText()).isEqualTo("alice");
        assertThat(answer.path("client_id").asText()).isEqualTo("holovitals-demo-app");
        assertThat(answer.path("scope").asText()).contains("patient/Observation.rs");
        assertThat(api.introspect(bob.path("access_token").asText())
                        .path("patient")
                        .asText())
                .isEqualTo("bob");
        assertThat(api.introspect("not.a.token").path("active").asBoolean()).isFalse();
    }

    private static void assertPatient(JsonNode tokens, String patient) {
        assertThat(tokens.path("patient").asText()).as(tokens.toString()).isEqualTo(patient);
        assertThat(Api.claims(tokens.path("access_token").asText())
                        .path("patient")
                        .asText())
                .isEqualTo(patient);
    }
}
