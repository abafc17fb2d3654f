package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.Extension;
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
        assertThat(document.get("authorization_endpoint").asText()).isEqualTo(TestIssuer.name() + "/auth");
        assertThat(document.get("token_endpoint").asText()).isEqualTo(TestIssuer.name() + "/token");
        assertThat(document.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(document.get("capabilities").toString()).contains("permission-v1", "permission-v2");
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
                .extracting(Extension::getUrl)
                .contains("authorize", "token"));
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
