package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.keycloak.realm.Realm;

/** Keycloak's token endpoint and its admin API, the latter as our server's service account. */
record Api(KeycloakServer server) {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String PASSWORD = "Correct-Horse-7!";

    /** A user with the role patient, an own name and these records. */
    String patient(String... records) {
        return user("patient", List.of(records));
    }

    /** A user with this role. */
    String user(String role, List<String> records) {
        String name = "u-" + UUID.randomUUID();
        Map<String, Object> user = Map.of(
                "username",
                name,
                "enabled",
                true,
                "email",
                name + "@holovitals.example",
                "emailVerified",
                true,
                "firstName",
                "First",
                "lastName",
                "Last",
                "attributes",
                Map.of("patient", records),
                "credentials",
                List.of(Map.of("type", "password", "value", PASSWORD)));
        HttpResponse<String> created = admin("POST", "/users", json(user));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String id = created.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
        String roleJson = admin("GET", "/roles/" + role, "").body();
        assertThat(admin("POST", "/users/" + id + "/role-mappings/realm", "[" + roleJson + "]")
                        .statusCode())
                .isEqualTo(204);
        return name;
    }

    /** A public app, registered as our server does it, with nothing but its own attributes. */
    String app(Map<String, String> attributes) {
        String id = "app-" + UUID.randomUUID();
        HttpResponse<String> created = admin(
                "POST",
                "/clients",
                json(Map.of(
                        "clientId",
                        id,
                        "publicClient",
                        true,
                        "standardFlowEnabled",
                        true,
                        "fullScopeAllowed",
                        false,
                        "redirectUris",
                        List.of(TestKeycloak.REDIRECT),
                        "attributes",
                        attributes,
                        "defaultClientScopes",
                        Realm.DEFAULT_SCOPES,
                        "optionalClientScopes",
                        List.of("launch/patient", "patient/Observation.rs"))));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return id;
    }

    HttpResponse<String> admin(String method, String path, String body) {
        return Http.send(
                HttpRequest.newBuilder(URI.create(server.issuer().replace("/realms/", "/admin/realms/") + path))
                        .header("Authorization", "Bearer " + serverToken())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    String serverToken() {
        return parse(token(Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "holovitals-server",
                                "client_secret", server.serverSecret()))
                        .body())
                .path("access_token")
                .asText();
    }

    JsonNode introspect(String token) {
        return parse(Http.send(Http.post(
                        server.issuer() + "/protocol/openid-connect/token/introspect",
                        Map.of(
                                "token",
                                token,
                                "client_id",
                                "holovitals-server",
                                "client_secret",
                                server.serverSecret())))
                .body());
    }

    int revoke(JsonNode tokens) {
        return Http.send(Http.post(
                        server.issuer() + "/protocol/openid-connect/revoke",
                        Map.of(
                                "client_id",
                                "holovitals-demo-app",
                                "token",
                                tokens.path("refresh_token").asText())))
                .statusCode();
    }

    HttpResponse<String> token(Map<String, String> form) {
        return Http.send(Http.post(server.issuer() + "/protocol/openid-connect/token", form));
    }

    JsonNode refresh(JsonNode tokens) {
        return parse(token(Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "holovitals-demo-app",
                        "refresh_token", tokens.path("refresh_token").asText()))
                .body());
    }

    static JsonNode claims(String jwt) {
        return parse(new String(
                java.util.Base64.getUrlDecoder().decode(jwt.split("\\.", 3)[1]),
                java.nio.charset.StandardCharsets.UTF_8));
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
