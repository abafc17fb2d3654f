package org.holovitals.keycloak.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;

/**
 * The realm's client scopes. A realm that brings its own does not get Keycloak's built-in ones, so those that we need
 * stand here too.
 */
final class ClientScopes {
    /** Given with every token, without being asked for. */
    static final List<String> DEFAULT = List.of("basic", "acr", "web-origins", "roles", "holovitals");

    /** What a client that says nothing may ask for. */
    static final List<String> OPTIONAL = List.of("fhirUser", "offline_access", "online_access");

    private static final String ATTRIBUTE_MAPPER = "oidc-usermodel-attribute-mapper";

    private ClientScopes() {}

    static List<Map<String, Object>> all() {
        List<Map<String, Object>> scopes = new ArrayList<>(List.of(
                scope("basic", "Subject and time of sign-in", false, List.of(subject(), authTime())),
                scope(
                        "acr",
                        "Level of the sign-in",
                        false,
                        List.of(mapper("acr loa level", "oidc-acr-mapper", tokens()))),
                scope("web-origins", "Origins that may call", false, List.of(webOrigins())),
                scope("roles", "Roles of the user", false, List.of(realmRoles())),
                scope("service_account", "Client of a service account", false, List.of(clientId())),
                scope(
                        "email",
                        "See your e-mail address",
                        true,
                        List.of(attribute("email", "email", "email"), emailVerified())),
                scope(
                        "holovitals",
                        "Launch context, FHIR audience and user",
                        false,
                        List.of(context(), fhirUser(false)))));
        ScopeCatalogue.all().stream()
                .filter(scope -> !scope.name().equals("openid"))
                .map(scope -> scope(scope.name(), scope.description(), true, mappersOf(scope)))
                .forEach(scopes::add);
        return scopes;
    }

    /** The client scope of a scope that is not in the catalogue. */
    static Map<String, Object> of(Scope scope) {
        return scope(scope.name(), scope.description(), true, List.of());
    }

    /** The four roles go into every token; `offline_access` works only with the role of that name. */
    static List<Map<String, Object>> roleMappings() {
        return List.of(
                Json.object("clientScope", "roles", "roles", Realm.ROLES),
                Json.object("clientScope", "offline_access", "roles", List.of("offline_access")));
    }

    private static List<Map<String, Object>> mappersOf(Scope scope) {
        return switch (scope.name()) {
            case "profile" ->
                List.of(
                        mapper("full name", "oidc-full-name-mapper", tokens()),
                        attribute("username", "username", "preferred_username"));
            case "fhirUser" -> List.of(fhirUser(true));
            default -> List.of();
        };
    }

    private static Map<String, Object> scope(
            String name, String description, boolean named, List<Map<String, Object>> mappers) {
        return Json.object(
                "name", name,
                "description", description,
                "protocol", "openid-connect",
                "attributes",
                        Json.object(
                                "include.in.token.scope",
                                String.valueOf(named),
                                "display.on.consent.screen",
                                String.valueOf(named)),
                "protocolMappers", mappers);
    }

    private static Map<String, Object> context() {
        return mapper("launch context", "holovitals-launch-context", Json.object());
    }

    /** In the access token always, for our server; in the ID token for apps that ask who the user is. */
    private static Map<String, Object> fhirUser(boolean idToken) {
        return mapper(
                "fhirUser",
                ATTRIBUTE_MAPPER,
                Json.object(
                        "user.attribute", "fhirUser",
                        "claim.name", "fhirUser",
                        "jsonType.label", "String",
                        "id.token.claim", String.valueOf(idToken),
                        "access.token.claim", "true",
                        "userinfo.token.claim", String.valueOf(idToken),
                        "introspection.token.claim", "true"));
    }

    /** Keycloak sends a mail with a link, or an administrator says so; our server asks it before it uses an address. */
    static Map<String, Object> emailVerified() {
        Map<String, Object> config = tokens();
        config.putAll(Json.object(
                "user.attribute", "emailVerified", "claim.name", "email_verified", "jsonType.label", "boolean"));
        return mapper("email verified", "oidc-usermodel-property-mapper", config);
    }

    private static Map<String, Object> attribute(String name, String attribute, String claim) {
        Map<String, Object> config = tokens();
        config.putAll(Json.object("user.attribute", attribute, "claim.name", claim, "jsonType.label", "String"));
        return mapper(name, ATTRIBUTE_MAPPER, config);
    }

    private static Map<String, Object> subject() {
        return mapper("sub", "oidc-sub-mapper", tokens());
    }

    private static Map<String, Object> authTime() {
        Map<String, Object> config = tokens();
        config.putAll(
                Json.object("user.session.note", "AUTH_TIME", "claim.name", "auth_time", "jsonType.label", "long"));
        return mapper("auth_time", "oidc-usersessionmodel-note-mapper", config);
    }

    private static Map<String, Object> clientId() {
        Map<String, Object> config = tokens();
        config.putAll(
                Json.object("user.session.note", "client_id", "claim.name", "client_id", "jsonType.label", "String"));
        return mapper("client id", "oidc-usersessionmodel-note-mapper", config);
    }

    private static Map<String, Object> webOrigins() {
        return mapper("allowed web origins", "oidc-allowed-origins-mapper", tokens());
    }

    private static Map<String, Object> realmRoles() {
        Map<String, Object> config = tokens();
        config.putAll(Json.object(
                "claim.name",
                "realm_access.roles",
                "jsonType.label",
                "String",
                "multivalued",
                "true",
                "id.token.claim",
                "false"));
        return mapper("realm roles", "oidc-usermodel-realm-role-mapper", config);
    }

    private static Map<String, Object> tokens() {
        return Json.object("id.token.claim", "true", "access.token.claim", "true", "introspection.token.claim", "true");
    }

    private static Map<String, Object> mapper(String name, String provider, Map<String, Object> config) {
        return Json.object("name", name, "protocol", "openid-connect", "protocolMapper", provider, "config", config);
    }
}
