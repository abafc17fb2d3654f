package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BackendServiceTest {
    private final TestKeycloak keycloak = TestKeycloak.get();
    private final Keys keys = keycloak.keys();

    @Test
    void rs384IsAccepted() {
        assertGranted(token(keys.rs384(claims())));
    }

    @Test
    void es384IsAccepted() {
        assertGranted(token(keys.es384(claims())));
    }

    @Test
    void anAssertionIsGoodOnce() {
        String assertion = keys.rs384(claims());

        assertGranted(token(assertion));
        assertRefused(token(assertion));
    }

    @Test
    void anotherKeyIsRefused() {
        assertRefused(token(Keys.generate().rs384(claims())));
    }

    @Test
    void anotherAudienceIsRefused() {
        assertRefused(token(keys.es384(with("aud", "https://elsewhere.example/token"))));
    }

    @Test
    void anExpiredAssertionIsRefused() {
        assertRefused(token(keys.es384(with("exp", Instant.now().getEpochSecond() - 60))));
    }

    @Test
    void anAssertionIsGoodForFiveMinutesAtMost() {
        Map<String, Object> claims = with("exp", Instant.now().getEpochSecond() + 3600);

        assertRefused(token(keys.es384(claims)));
    }

    @Test
    void patientScopesAreNotForServices() {
        JsonNode answer = Api.parse(keycloak.api()
                .token(form(keys.rs384(claims()), "patient/Observation.rs"))
                .body());

        assertThat(answer.path("error").asText()).isEqualTo("invalid_scope");
    }

    private void assertGranted(JsonNode answer) {
        assertThat(answer.path("scope").asText()).as(answer.toString()).isEqualTo("system/Patient.rs");
        JsonNode claims = Api.claims(answer.path("access_token").asText());
        assertThat(claims.has("sid")).isFalse();
        assertThat(claims.path("azp").asText()).isEqualTo("holovitals-backend");
        assertThat(claims.path("client_id").asText()).isEqualTo("holovitals-backend");
        assertThat(StandaloneLaunchTest.texts(claims.path("aud"))).contains(TestKeycloak.FHIR_BASE);
        assertThat(answer.has("refresh_token")).isFalse();
    }

    private static void assertRefused(JsonNode answer) {
        assertThat(answer.path("error").asText()).as(answer.toString()).isIn("invalid_client", "unauthorized_client");
        assertThat(answer.has("access_token")).isFalse();
    }

    private JsonNode token(String assertion) {
        return Api.parse(
                keycloak.api().token(form(assertion, "system/Patient.rs")).body());
    }

    private static Map<String, String> form(String assertion, String scope) {
        return Map.of(
                "grant_type",
                "client_credentials",
                "scope",
                scope,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
    }

    private Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "holovitals-backend");
        claims.put("sub", "holovitals-backend");
        claims.put("aud", keycloak.server().issuer() + "/protocol/openid-connect/token");
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("exp", Instant.now().getEpochSecond() + 240);
        return claims;
    }
}
