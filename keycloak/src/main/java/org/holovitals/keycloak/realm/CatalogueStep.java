package org.holovitals.keycloak.realm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;

/**
 * The realm has the client scopes of the catalogue and gives them to whom a new realm gives them. Compared at every
 * start, so that a scope that is added to the catalogue needs no step of its own; nothing is taken away.
 */
final class CatalogueStep implements RealmStep {
    private static final String DEFAULT = "/default-default-client-scopes";
    private static final String OPTIONAL = "/default-optional-client-scopes";

    @Override
    public String description() {
        return "the client scopes of the catalogue";
    }

    @Override
    public boolean apply(RealmAdmin admin) {
        boolean changed = addScopes(admin);
        Map<String, String> ids = ids(admin.get("/client-scopes"));
        changed |= assign(admin, DEFAULT, OPTIONAL, ids, ClientScopes.DEFAULT);
        changed |= assign(admin, OPTIONAL, DEFAULT, ids, ClientScopes.OPTIONAL);
        changed |= assignToClient(admin, Clients.DEMO_APP, ids, Clients.forUsers());
        changed |= assignToClient(admin, Clients.BACKEND, ids, names("system"));
        return changed;
    }

    private static boolean addScopes(RealmAdmin admin) {
        Map<String, String> found = ids(admin.get("/client-scopes"));
        List<Map<String, Object>> missing = ClientScopes.all().stream()
                .filter(scope -> !found.containsKey((String) scope.get("name")))
                .toList();
        // Another server may be at the same.
        missing.forEach(scope -> admin.postIfAbsent("/client-scopes", scope));
        if (!missing.isEmpty()) {
            mapRoles(admin, missing.stream().map(scope -> scope.get("name")).toList());
        }
        return !missing.isEmpty();
    }

    private static void mapRoles(RealmAdmin admin, List<Object> added) {
        Map<String, String> ids = ids(admin.get("/client-scopes"));
        for (Map<String, Object> mapping : ClientScopes.roleMappings()) {
            String scope = (String) mapping.get("clientScope");
            if (added.contains(scope)) {
                List<JsonNode> roles = ((Collection<?>) mapping.getOrDefault("roles", List.of()))
                        .stream().map(role -> admin.get("/roles/" + role)).toList();
                admin.post("/client-scopes/" + ids.get(scope) + "/scope-mappings/realm", roles);
            }
        }
    }

    /** To a client of the realm, if there is one: a realm for production has no demonstration app. */
    private static boolean assignToClient(
            RealmAdmin admin, String client, Map<String, String> ids, List<String> wanted) {
        JsonNode found = admin.get("/clients?clientId=" + client).path(0);
        if (found.isMissingNode()) {
            return false;
        }
        String path = "/clients/" + found.path("id").asText() + "/";
        return assign(admin, path + "optional-client-scopes", path + "default-client-scopes", ids, wanted);
    }

    /** Keycloak lists a scope as a default or as an optional one, never as both. */
    private static boolean assign(
            RealmAdmin admin, String path, String otherPath, Map<String, String> ids, List<String> wanted) {
        List<String> present = new ArrayList<>(ids(admin.get(path)).keySet());
        present.addAll(ids(admin.get(otherPath)).keySet());
        List<String> missing =
                wanted.stream().filter(name -> !present.contains(name)).toList();
        missing.forEach(name -> admin.put(path + "/" + ids.get(name), Map.of()));
        return !missing.isEmpty();
    }

    private static List<String> names(String level) {
        return ScopeCatalogue.ofLevel(level).stream().map(Scope::name).toList();
    }

    private static Map<String, String> ids(JsonNode scopes) {
        Map<String, String> ids = new HashMap<>();
        scopes.forEach(
                scope -> ids.put(scope.path("name").asText(), scope.path("id").asText()));
        return ids;
    }
}
