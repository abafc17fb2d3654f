package org.holovitals.keycloak.provider;

import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientScopeModel;

/** A scope that the user may grant or not, in his words. */
record ScopeChoice(String name, String description) {
    static List<ScopeChoice> of(List<ClientScopeModel> scopes) {
        return scopes.stream()
                .map(scope -> new ScopeChoice(scope.getName(), describe(scope)))
                .toList();
    }

    private static String describe(ClientScopeModel scope) {
        String description = scope.getDescription();
        return description == null || description.isBlank() ? scope.getName() : description;
    }

    /** For the page's template, which reads maps. */
    Map<String, String> fields() {
        return Map.of("name", name, "description", description);
    }
}
