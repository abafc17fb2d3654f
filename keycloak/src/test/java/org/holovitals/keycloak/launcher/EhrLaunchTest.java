package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EhrLaunchTest {
    private static final String SCOPE = "openid fhirUser launch patient/Observation.rs";

    private final TestKeycloak keycloak = TestKeycloak.get();

    @Test
    void theContextComesFromOurServer() {
        String launch = UUID.randomUUID().toString();
        keycloak.answers()
                .open(
                        launch,
                        "{\"patient\":\"alice\",\"encounter\":\"visit\",\"need_patient_banner\":false,"
                                + "\"smart_style_url\":\"https://ehr.example/style.json\",\"scope\":\"system/*.cruds\"}");

        JsonNode tokens = open(launch).tokens();

        assertThat(tokens.path("patient").asText()).isEqualTo("alice");
        assertThat(tokens.path("encounter").asText()).isEqualTo("visit");
        assertThat(tokens.path("need_patient_banner").asBoolean(true)).isFalse();
        assertThat(tokens.path("smart_style_url").asText()).isEqualTo("https://ehr.example/style.json");
        assertThat(tokens.path("scope").asText()).doesNotContain("system");
        JsonNode claims = Api.claims(tokens.path("access_token").asText());
        assertThat(List.of(
                        claims.path("patient").asText(),
                        claims.path("encounter").asText()))
                .containsExactly("alice", "visit");
        JsonNode refreshed = keycloak.api().refresh(tokens);
        assertThat(refreshed.path("encounter").asText()).isEqualTo("visit");
        assertThat(refreshed.path("need_patient_banner").asBoolean(true)).isFalse();
    }

    @Test
    void theCallToOurServerIsSignedForItAlone() {
        String launch = UUID.randomUUID().toString();
        keycloak.answers().open(launch, "{\"patient\":\"alice\"}");
        open(launch);

        List<String> sent = keycloak.answers().tokens();
        JsonNode claims = Api.claims(sent.get(sent.size() - 1).replaceFirst("^Bearer ", ""));
        assertThat(claims.path("iss").asText()).isEqualTo(keycloak.server().issuer());
        assertThat(claims.path("aud").asText()).isEqualTo(keycloak.answers().url());
        assertThat(claims.path("typ").asText()).isEqualTo("holovitals-launch");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(30);
    }

    @Test
    void anUnknownLaunchIsRefused() {
        assertThat(open("no-such-launch").callback())
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("code");
    }

    private Browser open(String launch) {
        return new Browser(keycloak)
                .open(SCOPE, "launch", launch)
                .login(keycloak.api().patient(), Api.PASSWORD);
    }
}
