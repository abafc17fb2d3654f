package org.holovitals.keycloak.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The users that a new realm has: the server's service account, and in development one demonstration user for each role. */
final class Users {
    static final List<String> SERVER_ROLES =
            List.of("view-events", "manage-events", "view-users", "manage-users", "manage-clients", "manage-realm");

    private Users() {}

    static List<Map<String, Object>> all(RealmSettings settings) {
        List<Map<String, Object>> users = new ArrayList<>();
        users.add(Json.object(
                "username",
                "service-account-" + Clients.SERVER,
                "enabled",
                true,
                "serviceAccountClientId",
                Clients.SERVER,
                "clientRoles",
                Json.object("realm-management", SERVER_ROLES)));
        if (settings.development()) {
            Demonstration.LOGINS.forEach(login -> users.add(user(login, settings.patients())));
        }
        return users;
    }

    private static Map<String, Object> user(Demonstration.Login login, List<String> patients) {
        Map<String, Object> attributes = Json.object();
        if (login.role().equals("patient") && !patients.isEmpty()) {
            attributes.put("patient", patients);
            attributes.put("fhirUser", List.of("Patient/" + patients.get(0)));
        }
        if (login.role().equals("clinician")) {
            attributes.put("fhirUser", List.of("Practitioner/" + Demonstration.PRACTITIONER));
        }
        return Json.object(
                "username",
                login.name(),
                "enabled",
                true,
                "email",
                login.name() + "@holovitals.example",
                "emailVerified",
                true,
                "firstName",
                "Demonstration",
                "lastName",
                login.name(),
                "attributes",
                attributes,
                "credentials",
                credentials(login),
                "realmRoles",
                List.of("default-roles-" + Realm.NAME, login.role()));
    }

    private static List<Map<String, Object>> credentials(Demonstration.Login login) {
        List<Map<String, Object>> credentials = new ArrayList<>();
        credentials.add(Json.object("type", "password", "value", login.password(), "temporary", false));
        if (Realm.STRONG_ROLES.contains(login.role())) {
            credentials.add(Demonstration.totp());
            credentials.add(Demonstration.recoveryCodes());
        }
        return credentials;
    }
}
