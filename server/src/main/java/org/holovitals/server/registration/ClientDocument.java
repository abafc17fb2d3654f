package org.holovitals.server.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.holovitals.keycloak.realm.Realm;
import org.jspecify.annotations.Nullable;

/** An app as Keycloak keeps it: a client with some attributes of ours. Only clients that have those are apps. */
final class ClientDocument {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "holovitals.app";
    private static final String LAUNCH = "holovitals.launch-url";
    private static final String REGISTERED = "holovitals.registered-at";
    private static final String OPENID = "openid";
    private static final String LOGS_IN = "holovitals.openid";

    private ClientDocument() {}

    /** What is the same for a new app and a changed one. */
    static Map<String, Object> of(String id, App app) {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("id", id);
        client.put("clientId", id);
        client.put("name", app.name());
        client.put("enabled", true);
        client.put("protocol", "openid-connect");
        client.put("publicClient", app.kind() == AppKind.PUBLIC);
        client.put("clientAuthenticatorType", app.kind().signs() ? "client-jwt" : "client-secret");
        client.put("standardFlowEnabled", app.kind().hasUsers());
        client.put("serviceAccountsEnabled", !app.kind().hasUsers());
        client.put("implicitFlowEnabled", false);
        client.put("directAccessGrantsEnabled", false);
        client.put("fullScopeAllowed", false);
        client.put("redirectUris", app.redirectUris());
        client.put(
                "webOrigins",
                app.redirectUris().stream()
                        .map(ClientDocument::origin)
                        .distinct()
                        .toList());
        client.put("attributes", attributes(app));
        return client;
    }

    static Map<String, Object> ofNew(String id, App app, String registeredAt, @Nullable String secret) {
        Map<String, Object> client = of(id, app);
        Map<String, Object> attributes = attributes(app);
        attributes.put(REGISTERED, registeredAt);
        client.put("attributes", attributes);
        client.put(
                "defaultClientScopes",
                app.kind().hasUsers()
                        ? Realm.DEFAULT_SCOPES
                        : Stream.concat(Realm.DEFAULT_SCOPES.stream(), Stream.of("service_account"))
                                .toList());
        client.put("optionalClientScopes", clientScopes(app));
        if (secret != null) {
            client.put("secret", secret);
        }
        return client;
    }

    /** The scopes that Keycloak keeps as client scopes; it knows {@code openid} by itself. */
    static List<String> clientScopes(App app) {
        return app.scopes().stream().filter(scope -> !scope.equals(OPENID)).toList();
    }

    /** An empty text removes an attribute. */
    private static Map<String, Object> attributes(App app) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(KIND, app.kind().text());
        attributes.put(LAUNCH, text(app.launchUrl()));
        attributes.put(LOGS_IN, String.valueOf(app.scopes().contains(OPENID)));
        attributes.put("logoUri", text(app.logoUrl()));
        attributes.put("policyUri", text(app.policyUrl()));
        attributes.put("pkce.code.challenge.method", app.kind().hasUsers() ? "S256" : "");
        attributes.put("use.jwks.url", String.valueOf(app.jwksUrl() != null));
        attributes.put("jwks.url", text(app.jwksUrl()));
        attributes.put("use.jwks.string", String.valueOf(app.jwks() != null));
        attributes.put("jwks.string", text(app.jwks()));
        attributes.put("token.endpoint.auth.signing.max.exp", app.kind().signs() ? "300" : "");
        return attributes;
    }

    /** The app that a client is; empty for a client of another origin. */
    static Optional<RegisteredApp> parse(JsonNode client) {
        JsonNode attributes = client.path("attributes");
        return AppKind.of(attributes.path(KIND).asText())
                .map(kind -> new RegisteredApp(
                        client.path("id").asText(),
                        client.path("clientId").asText(),
                        kind,
                        client.path("name").asText(),
                        texts(client.path("redirectUris")).sorted().toList(),
                        value(attributes, LAUNCH),
                        scopes(client, attributes),
                        value(attributes, "jwks.url"),
                        keys(value(attributes, "jwks.string")),
                        value(attributes, "logoUri"),
                        value(attributes, "policyUri"),
                        value(attributes, REGISTERED),
                        null));
    }

    private static List<String> scopes(JsonNode client, JsonNode attributes) {
        List<String> scopes = new ArrayList<>(
                texts(client.path("optionalClientScopes")).sorted().toList());
        if (attributes.path(LOGS_IN).asText().equals("true")) {
            scopes.add(0, OPENID);
        }
        return scopes;
    }

    private static @Nullable JsonNode keys(@Nullable String jwks) {
        try {
            return jwks == null ? null : JSON.readTree(jwks);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static @Nullable String value(JsonNode attributes, String name) {
        String value = attributes.path(name).asText("");
        return value.isEmpty() ? null : value;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String origin(String uri) {
        URI parsed = URI.create(uri);
        return parsed.getScheme() + "://" + parsed.getRawAuthority();
    }
}
