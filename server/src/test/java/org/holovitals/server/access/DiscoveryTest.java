package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;

final class DiscoveryTest extends ServerTest {

    @Test
    void smartConfigurationNamesTheIssuersEndpoints() throws IOException {
        HttpResponse<String> answer =
                sendBare(request("/.well-known/smart-configuration").header("Origin", "https://app.example"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        JsonNode document = new ObjectMapper().readTree(answer.body());
        assertThat(document.get("issuer").asText()).isEqualTo(TestIssuer.name());
        assertThat(document.get("authorization_endpoint").asText()).isEqualTo(own("/oauth2/authorize"));
        assertThat(document.get("introspection_endpoint").asText()).isEqualTo(own("/oauth2/introspect"));
        assertThat(document.get("revocation_endpoint").asText()).isEqualTo(TestIssuer.name() + "/revoke");
        assertThat(document.has("registration_endpoint")).isFalse();
        assertThat(document.get("scopes_supported"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        ScopeCatalogue.all().stream().map(Scope::name).toList());
        assertThat(document.get("token_endpoint").asText()).isEqualTo(TestIssuer.name() + "/token");
        assertThat(document.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(document.get("capabilities"))
                .extracting(JsonNode::asText)
                .contains("launch-ehr", "context-ehr-patient", "context-ehr-encounter", "context-banner")
                .contains("permission-v1", "permission-v2", "permission-online", "permission-offline")
                .as("the issuer names no such way to authenticate")
                .doesNotContain("client-confidential-symmetric");
    }

    @Test
    void theCapabilityStatementNamesThemToo() {
        CapabilityStatementRestSecurityComponent security = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        CapabilityStatement.class,
                        sendBare(request("/metadata")).body())
                .getRestFirstRep()
                .getSecurity();
        assertThat(security.getCors()).isTrue();
        assertThat(security.getServiceFirstRep().getCodingFirstRep().getCode()).isEqualTo("SMART-on-FHIR");
        assertThat(security.getExtension()).singleElement().satisfies(uris -> assertThat(uris.getExtension())
                .extracting(uri -> uri.getUrl() + " " + uri.getValue().primitiveValue())
                .containsExactly(
                        "authorize " + own("/oauth2/authorize"),
                        "token " + TestIssuer.name() + "/token",
                        "introspect " + own("/oauth2/introspect"),
                        "revoke " + TestIssuer.name() + "/revoke"));
    }

    /** Whoever could choose it by the Host header could send users elsewhere to log in. */
    @Test
    void theAddressesDoNotFollowTheHostHeader() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(base()).getPort())) {
            String request = String.join(
                    "\r\n",
                    "GET /fhir/.well-known/smart-configuration HTTP/1.1",
                    "Host: evil.example",
                    "Connection: close",
                    "",
                    "");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(own("/oauth2/authorize"))
                    .doesNotContain("evil.example");
        }
    }

    private String own(String path) {
        return base().replace("/fhir", path);
    }

    @Test
    void anAppInABrowserMayAsk() {
        HttpResponse<String> answer = sendBare(request("/Patient/1")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization"));
        assertThat(answer.statusCode()).as(answer + answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path));
    }
}
