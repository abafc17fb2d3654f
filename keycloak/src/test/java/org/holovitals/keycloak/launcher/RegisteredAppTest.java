package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Apps that are registered later get the same care as those of the realm's file. */
final class RegisteredAppTest {
    private static final String SCOPE = "launch/patient patient/Observation.rs";

    private final TestKeycloak keycloak = TestKeycloak.get();
    private final Api api = keycloak.api();

    @Test
    void itsTokensAreForOurServer() {
        JsonNode tokens = new Browser(keycloak)
                .open(SCOPE, "client_id", api.app(Map.of()))
                .login(api.patient("first"), Api.PASSWORD)
                .allow("")
                .tokens();

        assertThat(tokens.path("patient").asText()).isEqualTo("first");
        assertThat(StandaloneLaunchTest.texts(
                        Api.claims(tokens.path("access_token").asText()).path("aud")))
                .contains(TestKeycloak.FHIR_BASE);
    }

    @Test
    void itNeedsPkceAlthoughItsRegistrationDoesNotSaySo() {
        Map<String, String> callback = new Browser(keycloak)
                .open(SCOPE, "client_id", api.app(Map.of()), "code_challenge", "", "code_challenge_method", "")
                .callback();

        assertThat(callback)
                .containsEntry("error", "invalid_request")
                .containsEntry("error_description", "A code_challenge of the method S256 is required");
    }

    @Test
    void aTrustedAppAsksOnlyWhereThereIsAChoice() {
        String app = api.app(Map.of("holovitals.trusted", "true"));

        JsonNode one = new Browser(keycloak)
                .open(SCOPE, "client_id", app)
                .login(api.patient("first"), Api.PASSWORD)
                .tokens();
        Browser two =
                new Browser(keycloak).open(SCOPE, "client_id", app).login(api.patient("first", "second"), Api.PASSWORD);

        assertThat(one.path("patient").asText()).isEqualTo("first");
        assertThat(two.page()).contains("Name of &lt;second&gt;");
        assertThat(two.allow("second").tokens().path("patient").asText()).isEqualTo("second");
    }
}
