package org.holovitals.keycloak.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The browser flow: is the SMART request sound, who are you (an open session, else password and second factor), must a
 * second factor be set up, and which patient and scopes. The last steps run also when a session is open.
 */
final class Flows {
    static final String BROWSER = "holovitals browser";

    private static final String LOGIN = "holovitals login";
    private static final String FORMS = "holovitals forms";
    private static final String SECOND_FACTOR = "holovitals second factor";

    private Flows() {}

    static List<Map<String, Object>> all() {
        return List.of(
                flow(
                        BROWSER,
                        true,
                        step("holovitals-request", "REQUIRED"),
                        subflow(LOGIN, "REQUIRED"),
                        step("holovitals-second-factor", "REQUIRED"),
                        step("holovitals-launch", "REQUIRED")),
                flow(LOGIN, false, step("auth-cookie", "ALTERNATIVE"), subflow(FORMS, "ALTERNATIVE")),
                flow(
                        FORMS,
                        false,
                        step("auth-username-password-form", "REQUIRED"),
                        subflow(SECOND_FACTOR, "CONDITIONAL")),
                flow(
                        SECOND_FACTOR,
                        false,
                        step("conditional-user-configured", "REQUIRED"),
                        step("auth-otp-form", "ALTERNATIVE"),
                        step("auth-recovery-authn-code-form", "ALTERNATIVE")));
    }

    @SafeVarargs
    private static Map<String, Object> flow(String alias, boolean top, Map<String, Object>... steps) {
        List<Map<String, Object>> executions = new ArrayList<>();
        for (Map<String, Object> step : steps) {
            step.put("priority", (executions.size() + 1) * 10);
            executions.add(step);
        }
        return Json.object(
                "alias", alias,
                "providerId", "basic-flow",
                "topLevel", top,
                "builtIn", false,
                "authenticationExecutions", executions);
    }

    private static Map<String, Object> step(String authenticator, String requirement) {
        return Json.object("authenticator", authenticator, "requirement", requirement, "authenticatorFlow", false);
    }

    private static Map<String, Object> subflow(String alias, String requirement) {
        return Json.object("flowAlias", alias, "requirement", requirement, "authenticatorFlow", true);
    }
}
