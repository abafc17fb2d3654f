package org.holovitals.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;

final class IntrospectTest extends ServerTest {
    private static final String APP_TOKEN = TestIssuer.token(claims -> claims.claim("scope", "launch patient/*.rs")
            .claim("sid", "session")
            .claim("patient", "p-1")
            .claim("encounter", "e-1")
            .claim("intent", "order-review")
            .claim("fhirUser", "Patient/p-1")
            .claim("email", "somebody@example.org")
            .claim("realm_access", Map.of("roles", List.of("patient"))));

    @Test
    void anAppLearnsWhatItsOwnTokenIsWorth() throws IOException {
        JsonNode told = told(APP_TOKEN, APP_TOKEN);
        assertThat(told.path("active").asBoolean()).isTrue();
        assertThat(told.path("scope").asText()).isEqualTo("launch patient/*.rs");
        assertThat(told.path("client_id").asText()).isEqualTo("test-client");
        assertThat(told.path("patient").asText()).isEqualTo("p-1");
        assertThat(told.path("encounter").asText()).isEqualTo("e-1");
        assertThat(told.path("intent").asText()).isEqualTo("order-review");
        assertThat(told.path("fhirUser").asText()).isEqualTo("Patient/p-1");
        assertThat(told.path("iss").asText()).isEqualTo(TestIssuer.name());
        assertThat(told.path("sub").asText()).isNotBlank();
        assertThat(told.path("exp").asLong()).isGreaterThan(1_700_000_000L);
        assertThat(told.has("email") || told.has("username") || told.has("realm_access"))
                .as("nothing that the app has no need of")
                .isFalse();
    }

    @Test
    void aRevokedTokenIsInactive() throws IOException {
        String revoked = TestIssuer.patient("p-2", "patient/*.rs");
        assertThat(told(APP_TOKEN, revoked).path("active").asBoolean()).isTrue();
        TestIssuer.revoke(revoked);
        assertInactive(APP_TOKEN, revoked);
    }

    @Test
    void whatIsNoAccessTokenIsInactive() throws IOException {
        assertInactive(APP_TOKEN, "garbage");
        assertInactive(APP_TOKEN, TestIssuer.token(claims -> claims.audience("https://elsewhere.example/fhir")));
        assertInactive(APP_TOKEN, TestIssuer.token(claims -> claims.claim("typ", "ID")));
        assertInactive(APP_TOKEN, TestIssuer.token(claims -> claims.expirationTime(Date.from(Instant.EPOCH))));
    }

    @Test
    void theTokenOfAnotherAppIsInactiveButForAdministrators() throws IOException {
        String other =
                TestIssuer.token(claims -> claims.claim("azp", "other-app").claim("scope", "system/*.rs"));
        assertInactive(APP_TOKEN, other);
        assertInactive(TestIssuer.system(), other);
        assertInactive(TestIssuer.user("clinician", "user/*.rs"), other);
        assertThat(told(TestIssuer.user("admin", "openid"), other)
                        .path("client_id")
                        .asText())
                .isEqualTo("other-app");
    }

    @Test
    void whoAsksNeedsATokenThatHolds() {
        assertThat(sendBare(request("", "token=" + APP_TOKEN)).statusCode()).isEqualTo(401);
        assertThat(sendAs("garbage", request("", "token=" + APP_TOKEN)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTokenIsSentInAFormOnly() {
        assertThat(sendAs(APP_TOKEN, request("?token=" + APP_TOKEN, "")).statusCode())
                .isEqualTo(400);
        assertThat(sendAs(APP_TOKEN, request("", "")).statusCode()).isEqualTo(400);
        assertThat(sendAs(APP_TOKEN, request("", "").GET()).statusCode()).isEqualTo(405);
    }

    private void assertInactive(String caller, String token) throws IOException {
        assertThat(told(caller, token).toString()).isEqualTo("{\"active\":false}");
    }

    private JsonNode told(String caller, String token) throws IOException {
        HttpResponse<String> answer = sendAs(caller, request("", "token=" + token));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpRequest.Builder request(String query, String form) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/oauth2/introspect") + query))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }
}
