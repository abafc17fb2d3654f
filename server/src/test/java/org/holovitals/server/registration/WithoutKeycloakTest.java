package org.holovitals.server.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server whose issuer gave it no account. */
final class WithoutKeycloakTest extends ServerTest {
    private static final String APP = """
            {"kind": "public", "name": "App", "redirectUris": ["https://app.example/"], "scopes": ["openid"]}""";

    private final JdbcClient jdbc;

    @Autowired
    WithoutKeycloakTest(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Test
    void itSaysThatItCannotRegisterNowAndRecordsTheTry() throws IOException {
        UUID id = UUID.randomUUID();
        for (HttpResponse<String> answer : List.of(
                send("POST", "", APP),
                send("GET", "", ""),
                send("GET", "/" + id, ""),
                send("PUT", "/" + id, APP),
                send("POST", "/" + id + "/secret", ""),
                send("DELETE", "/" + id, ""))) {
            JsonNode problem = new ObjectMapper().readTree(answer.body());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(problem.path("type").asText()).isEqualTo("urn:holovitals:problem:identity-provider-unavailable");
        }
        assertThat(jdbc.sql("select action from holovitals.audit_logs where resource_id = ? and outcome = 'failure'")
                        .param(id.toString())
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("read-app", "change-app", "renew-app-secret", "remove-app");
    }

    @Test
    void badInputIsNamedBeforeKeycloakIsAsked() {
        assertThat(send("POST", "", APP.replace("https://app.example/", "https://*.app.example/"))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return sendAs(
                TestIssuer.user("admin", "openid"),
                HttpRequest.newBuilder(URI.create(base().replaceFirst("/fhir$", "/api/apps") + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }
}
