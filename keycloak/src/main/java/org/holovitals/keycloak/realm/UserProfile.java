package org.holovitals.keycloak.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which attributes a user has, and who may write them: the links to records are for administrators only. */
final class UserProfile {
    private static final List<String> BOTH = List.of("admin", "user");
    private static final List<String> ADMIN = List.of("admin");

    private UserProfile() {}

    static Map<String, Object> component() {
        Map<String, Object> profile = Json.object(
                "attributes",
                List.of(
                        attribute("username", BOTH, ADMIN),
                        attribute("email", BOTH, BOTH),
                        attribute("firstName", BOTH, BOTH),
                        attribute("lastName", BOTH, BOTH),
                        linked("patient", true, "[A-Za-z0-9\\-.]{1,64}"),
                        linked(
                                "fhirUser",
                                false,
                                "(Patient|Practitioner|RelatedPerson|Person)/[A-Za-z0-9\\-.]{1,64}")));
        Map<String, Object> component = Json.object(
                "providerId",
                "declarative-user-profile",
                "config",
                Json.object("kc.user.profile.config", List.of(Json.text(profile))));
        return Json.object("org.keycloak.userprofile.UserProfileProvider", List.of(component));
    }

    private static Map<String, Object> attribute(String name, List<String> view, List<String> edit) {
        List<Object> required = new ArrayList<>();
        Map<String, Object> attribute = Json.object(
                "name",
                name,
                "displayName",
                "${" + name + "}",
                "permissions",
                Json.object("view", view, "edit", edit),
                "validations",
                Json.object("length", Json.object("max", 255)));
        if (!name.equals("username")) {
            required.add("user");
            attribute.put("required", Json.object("roles", required));
        }
        return attribute;
    }

    private static Map<String, Object> linked(String name, boolean several, String pattern) {
        return Json.object(
                "name", name,
                "displayName", name,
                "multivalued", several,
                "permissions", Json.object("view", BOTH, "edit", ADMIN),
                "validations",
                        Json.object(
                                "pattern",
                                Json.object(
                                        "pattern",
                                        "^" + pattern + "$",
                                        "error-message",
                                        "Not a FHIR id or reference")));
    }
}
