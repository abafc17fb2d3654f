package org.holovitals.keycloak.scopes;

import java.util.Locale;

/** Names of resource types in plain words. */
final class Words {
    private Words() {}

    /** {@code AllergyIntolerance} becomes "allergy intolerance records". */
    static String of(String type) {
        if (type.equals("*")) {
            return "all records";
        }
        return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT) + " records";
    }
}
