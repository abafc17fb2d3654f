package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class StandaloneLaunchTest {
    private static final String SCOPE = "openid fhirUser launch/patient patient/Observation.rs patient/Condition.read";

    private final TestKeycloak keycloak = TestKeycloak.get();

    @Test
    void theTokenResponseNamesTheOneLinkedRecord() {
        JsonNode tokens = new Browser(keycloak)
                .open(SCOPE)
                .login("patient", "Patient-2026!")
                .allow("")
                .tokens();

        assertThat(tokens.path("patient").asText()).isEqualTo(TestKeycloak.RECORD);
        assertThat(tokens.path("need_patient_banner").asBoolean()).isTrue();
        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isBetween(290, 300);
        assertThat(tokens.path("scope").asText().split(" ", -1)).containsExactlyInAnyOrder(SCOPE.split(" ", -1));
    }

    @Test
    void theAccessTokenCarriesWhatOurServerReliesOn() {
        JsonNode tokens = new Browser(keycloak)
                .open(SCOPE)
                .login("patient", "Patient-2026!")
                .allow("")
                .tokens();
        JsonNode claims = Api.claims(tokens.path("access_token").asText());

        assertThat(claims.path("iss").asText()).isEqualTo(keycloak.server().issuer());
        assertThat(texts(claims.path("aud"))).contains(TestKeycloak.FHIR_BASE);
        assertThat(claims.path("typ").asText()).isEqualTo("Bearer");
        assertThat(claims.path("azp").asText()).isEqualTo("holovitals-demo-app");
        assertThat(claims.path("sid").asText()).isNotEmpty();
        assertThat(claims.path("sub").asText()).isNotEmpty();
        assertThat(claims.path("patient").asText()).isEqualTo(TestKeycloak.RECORD);
        assertThat(claims.path("fhirUser").asText()).isEqualTo("Patient/" + TestKeycloak.RECORD);
        assertThat(texts(claims.path("realm_access").path("roles"))).containsExactly("patient");
        assertThat(claims.path("scope").asText().split(" ", -1)).containsExactlyInAnyOrder(SCOPE.split(" ", -1));
        assertThat(Api.claims(tokens.path("id_token").asText()).path("fhirUser").asText())
                .isEqualTo("Patient/" + TestKeycloak.RECORD);
    }

    static List<String> texts(JsonNode node) {
        return node.isTextual()
                ? List.of(node.asText())
                : StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }
}
