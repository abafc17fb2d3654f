package org.holovitals.keycloak.realm;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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
        realm.put("roles", Json.object("realm", roles()));
        realm.put("defaultRole", Json.object("name", "default-roles-" + NAME));
        realm.put("clientScopes", ClientScopes.all());
        realm.put("defaultDefaultClientScopes", ClientScopes.DEFAULT);
        realm.put("defaultOptionalClientScopes", List.of("fhirUser", "offline_access", "online_access"));
        realm.put("scopeMappings", ClientScopes.roleMappings());
        realm.put("clients", Clients.all(settings));
        realm.put("users", Users.all(settings));
        realm.put("components", UserProfile.component());
        realm.put("authenticationFlows", Flows.all());
        realm.put("browserFlow", Flows.BROWSER);
        return Json.text(realm);
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

    private static Map<String, Object> events() {
        return Json.object(
                "eventsEnabled", true,
                // The server reads the stored events; a listener that logs would write user names into a file.
                "eventsListeners", List.of(),
                "eventsExpiration", seconds(Duration.ofDays(30)),
                "adminEventsEnabled", true,
                "adminEventsDetailsEnabled", false);
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
