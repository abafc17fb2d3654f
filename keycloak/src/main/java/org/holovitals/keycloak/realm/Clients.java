package org.holovitals.keycloak.realm;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;

/** The realm's clients. None of them may take a user's password or a token out of a redirect. */
public final class Clients {
    /** The public app of a development realm. */
    public static final String DEMO_APP = "holovitals-demo-app";

    /** The backend service, which signs its requests for tokens. */
    public static final String BACKEND = "holovitals-backend";

    /** The FHIR server's own account. */
    public static final String SERVER = "holovitals-server";

    private Clients() {}

    static List<Map<String, Object>> all(RealmSettings settings) {
        List<Map<String, Object>> clients = new ArrayList<>();
        if (settings.development()) {
            clients.add(demoApp(settings.redirectUris()));
        }
        clients.add(backend(settings));
        clients.add(server(settings.serverSecret()));
        return clients;
    }

    private static Map<String, Object> demoApp(List<String> redirectUris) {
        Map<String, Object> client = client(DEMO_APP, "HoloVitals demonstration app");
        client.putAll(Json.object(
                "publicClient",
                true,
                "standardFlowEnabled",
                true,
                "redirectUris",
                redirectUris,
                "webOrigins",
                redirectUris.stream().map(Clients::origin).distinct().toList(),
                "optionalClientScopes",
                forUsers(),
                "attributes",
                Json.object("pkce.code.challenge.method", "S256", "post.logout.redirect.uris", "+")));
        return client;
    }

    /** SMART Backend Services: a signed assertion of at most five minutes, no secret. */
    private static Map<String, Object> backend(RealmSettings settings) {
        Map<String, Object> attributes = Json.object("token.endpoint.auth.signing.max.exp", "300");
        if (settings.backendJwks() != null) {
            attributes.put("use.jwks.string", "true");
            attributes.put("jwks.string", settings.backendJwks());
        }
        Map<String, Object> client = client(BACKEND, "HoloVitals backend service");
        client.putAll(Json.object(
                "enabled",
                settings.backendJwks() != null,
                "serviceAccountsEnabled",
                true,
                "clientAuthenticatorType",
                "client-jwt",
                "optionalClientScopes",
                names(ScopeCatalogue.ofLevel("system")),
                "attributes",
                attributes));
        addServiceAccountScope(client);
        return client;
    }

    /** Reads events, registers apps and introspects tokens for the FHIR server. */
    private static Map<String, Object> server(String secret) {
        Map<String, Object> client = client(SERVER, "HoloVitals server");
        client.putAll(Json.object(
                "serviceAccountsEnabled",
                true,
                "clientAuthenticatorType",
                "client-secret",
                "secret",
                secret,
                "optionalClientScopes",
                List.of(),
                // Its own account alone holds these roles; the scope mapping of other clients keeps them out of theirs.
                "fullScopeAllowed",
                true,
                "attributes",
                Json.object("allow.token.introspection.without.audience.check", "true")));
        addServiceAccountScope(client);
        return client;
    }

    private static Map<String, Object> client(String id, String name) {
        return Json.object(
                "clientId", id,
                "name", name,
                "enabled", true,
                "protocol", "openid-connect",
                "publicClient", false,
                "standardFlowEnabled", false,
                "implicitFlowEnabled", false,
                "directAccessGrantsEnabled", false,
                "serviceAccountsEnabled", false,
                "fullScopeAllowed", false,
                "defaultClientScopes", ClientScopes.DEFAULT);
    }

    private static void addServiceAccountScope(Map<String, Object> client) {
        client.put(
                "defaultClientScopes",
                Stream.concat(ClientScopes.DEFAULT.stream(), Stream.of("service_account"))
                        .toList());
    }

    static List<String> forUsers() {
        return Stream.of(
                        ScopeCatalogue.all().stream().filter(scope -> scope.kind() != Scope.Kind.DATA),
                        ScopeCatalogue.ofLevel("patient").stream(),
                        ScopeCatalogue.ofLevel("user").stream())
                .flatMap(scopes -> scopes)
                .map(Scope::name)
                .filter(name -> !name.equals("openid"))
                .toList();
    }

    private static List<String> names(List<Scope> scopes) {
        return scopes.stream().map(Scope::name).toList();
    }

    private static String origin(String redirectUri) {
        URI uri = URI.create(redirectUri);
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
