package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest {
    private static final String SCOPE = "launch/patient patient/Observation.rs";

    private final TestKeycloak keycloak = TestKeycloak.get();

    @ParameterizedTest
    @ValueSource(
            strings = {"https://elsewhere.example/fhir", "http://127.0.0.1:8080/fhir2", "http://127.0.0.1:8080", ""})
    void anotherAudienceIsRefusedBeforeTheLogin(String audience) {
        Map<String, String> callback =
                new Browser(keycloak).open(SCOPE, "aud", audience).callback();

        assertThat(callback)
                .containsEntry("error", "invalid_request")
                .containsEntry("state", "state-of-the-app")
                .containsEntry("iss", keycloak.server().issuer())
                .doesNotContainKey("code");
    }

    @Test
    void theAudienceMayEndWithASlash() {
        Browser browser = new Browser(keycloak).open(SCOPE, "aud", TestKeycloak.FHIR_BASE + "/");

        assertThat(browser.page()).contains("name=\"password\"");
    }

    @Test
    void aRequestWithoutPkceIsRefused() {
        Map<String, String> callback = new Browser(keycloak)
                .open(SCOPE, "code_challenge", "", "code_challenge_method", "")
                .callback();

        assertThat(callback).containsEntry("error", "invalid_request").doesNotContainKey("code");
    }

    @Test
    void aPlainChallengeIsRefused() {
        Map<String, String> callback = new Browser(keycloak)
                .open(SCOPE, "code_challenge_method", "plain")
                .callback();

        assertThat(callback).containsEntry("error", "invalid_request").doesNotContainKey("code");
    }

    @Test
    void aTokenInTheRedirectIsRefused() {
        Browser browser = new Browser(keycloak).open(SCOPE, "response_type", "token", "response_mode", "query");

        assertThat(browser.callback()).containsKey("error").doesNotContainKey("access_token");
    }

    @Test
    void anotherRedirectIsRefusedWithoutOne() {
        Browser browser = new Browser(keycloak).open(SCOPE, "redirect_uri", TestKeycloak.REDIRECT + "/other");

        assertThat(browser.page()).contains("Invalid parameter: redirect_uri");
    }

    @Test
    void anUnregisteredScopeIsRefused() {
        Map<String, String> callback =
                new Browser(keycloak).open("launch/patient patient/Basic.rs").callback();

        assertThat(callback).containsEntry("error", "invalid_scope");
    }

    @Test
    void systemScopesAreNotForUsers() {
        Map<String, String> callback =
                new Browser(keycloak).open("launch/patient system/*.rs").callback();

        assertThat(callback).containsEntry("error", "invalid_scope");
    }

    @Test
    void aSilentLaunchDoesNotAsk() {
        Browser browser = new Browser(keycloak).open(SCOPE, "prompt", "none");
        assertThat(browser.callback()).containsEntry("error", "login_required");

        browser.open(SCOPE)
                .login(keycloak.api().patient("first"), Api.PASSWORD)
                .allow("")
                .tokens();
        browser.open(SCOPE, "prompt", "none");

        assertThat(browser.callback()).containsKey("error").doesNotContainKey("code");
    }

    @Test
    void nobodyRegistersAnAppUnasked() {
        HttpResponse<String> answer = Http.send(
                HttpRequest.newBuilder(URI.create(keycloak.server().issuer() + "/clients-registrations/openid-connect"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"redirect_uris\":[\"https://elsewhere.example/callback\"]}")));

        assertThat(answer.statusCode()).isIn(401, 403);
    }

    @Test
    void aUserCannotLinkRecordsToHimself() {
        Api api = keycloak.api();
        String user = api.patient("first");
        String id = Api.parse(api.admin("GET", "/users?exact=true&username=" + user, "")
                        .body())
                .path(0)
                .path("id")
                .asText();
        JsonNode stored = Api.parse(api.admin("GET", "/users/" + id, "").body());
        ((ObjectNode) stored).putArray("requiredActions").add("UPDATE_PROFILE");
        assertThat(api.admin("PUT", "/users/" + id, stored.toString()).statusCode())
                .isEqualTo(204);

        new Browser(keycloak)
                .open(SCOPE)
                .login(user, Api.PASSWORD)
                .allow("")
                .submit(List.of(
                        List.of("email", user + "@holovitals.example"),
                        List.of("firstName", "Changed"),
                        List.of("lastName", "Last"),
                        List.of("patient", "stranger"),
                        List.of("fhirUser", "Patient/stranger")));

        JsonNode after = Api.parse(api.admin("GET", "/users/" + id, "").body());
        assertThat(after.toString()).doesNotContain("stranger");
        assertThat(after.path("attributes").path("patient").path(0).asText()).isEqualTo("first");
    }

    @Test
    void thePasswordGrantIsRefused() {
        String answer = keycloak.api()
                .token(Map.of(
                        "grant_type", "password",
                        "client_id", "holovitals-demo-app",
                        "username", "patient",
                        "password", "Patient-2026!",
                        "scope", "openid"))
                .body();

        assertThat(Api.parse(answer).path("error").asText()).isEqualTo("unauthorized_client");
        assertThat(answer).doesNotContain("access_token");
    }

    @Test
    void fiveFailuresLockTheUserOut() {
        String user = keycloak.api().patient("first");
        Browser browser = new Browser(keycloak).open(SCOPE);
        for (int i = 0; i < 5; i++) {
            browser.login(user, "Wrong-Password-1!");
        }

        browser.login(user, Api.PASSWORD);

        assertThat(browser.page()).contains("name=\"password\"").doesNotContain("holovitals-launch");
    }

    @Test
    void fourFailuresDoNot() {
        Browser browser = new Browser(keycloak).open(SCOPE);
        String user = keycloak.api().patient("first");
        for (int i = 0; i < 4; i++) {
            browser.login(user, "Wrong-Password-1!");
        }

        assertThat(browser.login(user, Api.PASSWORD)
                        .allow("")
                        .tokens()
                        .path("patient")
                        .asText())
                .isEqualTo("first");
    }

    @Test
    void aWrongRequestIsNoFailedLogin() {
        String user = keycloak.api().patient();
        for (int i = 0; i < 6; i++) {
            assertThat(new Browser(keycloak)
                            .open(SCOPE)
                            .login(user, Api.PASSWORD)
                            .callback())
                    .containsEntry("error", "access_denied");
        }
    }
}
