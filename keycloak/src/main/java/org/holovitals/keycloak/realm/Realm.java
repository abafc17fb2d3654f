package org.holovitals.keycloak.realm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.holovitals.keycloak.scopes.ScopeCatalogue;

/** The realm as Keycloak imports it, made from the scope catalogue. */
public final class Realm {
    /** The realm's name, the last part of its issuer. */
    public static final String NAME = "holovitals";

    /** The realm roles that the server knows. */
    public static final List<String> ROLES = List.of("patient", "clinician", "compliance", "admin");

    /** Roles whose bearers must have a second factor. */
    public static final List<String> STRONG_ROLES = List.of("clinician", "admin");

    /** The client scopes that every client needs as its defaults: without them its tokens lack audience and roles. */
    public static final List<String> DEFAULT_SCOPES = ClientScopes.DEFAULT;

    private static final String PASSWORD_POLICY = "length(12) and upperCase(1) and lowerCase(1) and digits(1)"
            + " and specialChars(1) and notUsername(undefined) and passwordHistory(5)";

    private static final List<String> EVENTS = List.of(
            "LOGIN",
            "LOGOUT",
            "CODE_TO_TOKEN",
            "REFRESH_TOKEN",
            "CLIENT_LOGIN",
            "TOKEN_EXCHANGE",
            "REVOKE_GRANT",
            "USER_SESSION_DELETED",
            "GRANT_CONSENT",
            "UPDATE_CONSENT",
            "REGISTER",
            "UPDATE_PASSWORD",
            "RESET_PASSWORD",
            "SEND_RESET_PASSWORD",
            "UPDATE_TOTP",
            "REMOVE_TOTP",
            "UPDATE_CREDENTIAL",
            "REMOVE_CREDENTIAL",
            "UPDATE_EMAIL",
            "UPDATE_PROFILE",
            "VERIFY_EMAIL",
            "SEND_VERIFY_EMAIL",
            "CUSTOM_REQUIRED_ACTION",
            "EXECUTE_ACTIONS",
            "EXECUTE_ACTION_TOKEN",
            "IDENTITY_PROVIDER_LOGIN",
            "FEDERATED_IDENTITY_LINK",
            "REMOVE_FEDERATED_IDENTITY",
            "IMPERSONATE",
            "CLIENT_REGISTER",
            "CLIENT_UPDATE",
            "CLIENT_DELETE",
            "DELETE_ACCOUNT",
            "USER_DISABLED_BY_TEMPORARY_LOCKOUT",
            "USER_DISABLED_BY_PERMANENT_LOCKOUT");

    private Realm() {}

    /** The realm's representation as Keycloak's admin API and its import take it. */
    public static String json(RealmSettings settings) {
        Map<String, Object> realm = Json.object(
                "realm", NAME,
                "displayName", "HoloVitals",
                "enabled", true,
                "sslRequired", "external",
                "registrationAllowed", false,
                "resetPasswordAllowed", false,
                "editUsernameAllowed", false,
                "duplicateEmailsAllowed", false);
        realm.putAll(lifetimes());
        realm.putAll(passwords());
        realm.putAll(events());
        realm.put("otpPolicyType", "totp");
        // A code is good once; who tries the product out may sign in twice in a minute.
        realm.put("otpPolicyCodeReusable", settings.development());
        realm.put("attributes", Json.object(RealmMigrations.APPLIED, String.valueOf(RealmMigrations.latest())));
        realm.put("roles", Json.object("realm", roles()));
        realm.put("defaultRole", Json.object("name", "default-roles-" + NAME));
        realm.put("clientScopes", ClientScopes.all());
        realm.put("defaultDefaultClientScopes", ClientScopes.DEFAULT);
        realm.put("defaultOptionalClientScopes", ClientScopes.OPTIONAL);
        realm.put("scopeMappings", ClientScopes.roleMappings());
        realm.put("clients", Clients.all(settings));
        realm.put("users", Users.all(settings));
        realm.put("components", UserProfile.component());
        realm.put("authenticationFlows", Flows.all());
        realm.put("browserFlow", Flows.BROWSER);
        return Json.text(realm);
    }

    /** The client scope of a legal scope, as Keycloak's admin API takes it: for those that are not in the catalogue. */
    public static Map<String, Object> clientScope(String scope) {
        return ClientScopes.of(ScopeCatalogue.describe(scope));
    }

    private static Map<String, Object> lifetimes() {
        return Json.object(
                "accessTokenLifespan", seconds(Duration.ofMinutes(5)),
                "ssoSessionIdleTimeout", seconds(Duration.ofMinutes(30)),
                "ssoSessionMaxLifespan", seconds(Duration.ofHours(10)),
                "offlineSessionIdleTimeout", seconds(Duration.ofDays(30)),
                "offlineSessionMaxLifespanEnabled", true,
                "offlineSessionMaxLifespan", seconds(Duration.ofDays(365)),
                "accessCodeLifespan", seconds(Duration.ofMinutes(1)),
                "revokeRefreshToken", true,
                "refreshTokenMaxReuse", 0);
    }

    /** Five failures lock a user out for fifteen minutes, however fast they come. */
    private static Map<String, Object> passwords() {
        return Json.object(
                "passwordPolicy",
                PASSWORD_POLICY,
                "bruteForceProtected",
                true,
                "permanentLockout",
                false,
                "bruteForceStrategy",
                "MULTIPLE",
                "failureFactor",
                5,
                "waitIncrementSeconds",
                seconds(Duration.ofMinutes(15)),
                "maxFailureWaitSeconds",
                seconds(Duration.ofMinutes(15)),
                "quickLoginCheckMilliSeconds",
                0,
                "maxDeltaTimeSeconds",
                seconds(Duration.ofHours(12)));
    }

    static Map<String, Object> events() {
        return Json.object(
                "eventsEnabled",
                true,
                // The server reads the stored events; a listener that logs would write user names into a file.
                "eventsListeners",
                List.of(),
                "eventsExpiration",
                seconds(Duration.ofDays(30)),
                "enabledEventTypes",
                eventTypes(),
                "adminEventsEnabled",
                true,
                "adminEventsDetailsEnabled",
                false);
    }

    /** Each with its failure. Keycloak by itself keeps no refreshes and no ended sessions. */
    private static List<String> eventTypes() {
        return Stream.concat(EVENTS.stream(), EVENTS.stream().map(event -> event + "_ERROR"))
                .toList();
    }

    private static List<Map<String, Object>> roles() {
        return ROLES.stream()
                .map(role -> Json.object("name", role, "description", "HoloVitals: " + role))
                .toList();
    }

    private static long seconds(Duration duration) {
        return duration.toSeconds();
    }
}
