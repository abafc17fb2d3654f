package org.holovitals.keycloak.realm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.keycloak.admin.RealmAdmin;

/** The server's account has the rights that a new realm gives it. */
final class ServerAccountRoles implements RealmStep {

    @Override
    public String description() {
        return "the server's account may read events and look after users and clients";
    }

    @Override
    public boolean apply(RealmAdmin admin) {
        String account = admin.get("/clients/" + client(admin, Clients.SERVER) + "/service-account-user")
                .path("id")
                .asText();
        String mappings = "/users/" + account + "/role-mappings/clients/" + client(admin, "realm-management");
        List<JsonNode> missing = new ArrayList<>();
        admin.get(mappings + "/available").forEach(role -> {
            if (Users.SERVER_ROLES.contains(role.path("name").asText())) {
                missing.add(role);
            }
        });
        if (missing.isEmpty()) {
            return false;
        }
        admin.post(mappings, missing);
        return true;
    }

    private static String client(RealmAdmin admin, String clientId) {
        return admin.get("/clients?clientId=" + clientId).path(0).path("id").asText();
    }
}
