package org.holovitals.keycloak.realm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.holovitals.keycloak.admin.RealmAdmin;

/** Tokens say whether an address was verified. */
final class VerifiedAddresses implements RealmStep {
    private static final String SCOPES = "/client-scopes";

    @Override
    public String description() {
        return "tokens say whether an address was verified";
    }

    @Override
    public boolean apply(RealmAdmin admin) {
        boolean isChanged = false;
        for (JsonNode scope : admin.get(SCOPES)) {
            if (scope.path("name").asText().equals("email") && !says(scope)) {
                admin.post(
                        SCOPES + "/" + scope.path("id").asText() + "/protocol-mappers/models",
                        ClientScopes.emailVerified());
                isChanged = true;
            }
        }
        return isChanged;
    }

    private static boolean says(JsonNode scope) {
        return StreamSupport.stream(scope.path("protocolMappers").spliterator(), false)
                .anyMatch(mapper ->
                        mapper.path("config").path("claim.name").asText().equals("email_verified"));
    }
}
