package org.holovitals.server.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app as administrators see it.
 *
 * @param id also its {@code client_id}
 * @param secret only in the answer to its registration, and to a change of the secret
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegisteredApp(
        String id,
        String clientId,
        AppKind kind,
        String name,
        List<String> redirectUris,
        @Nullable String launchUrl,
        List<String> scopes,
        @Nullable String jwksUrl,
        @Nullable JsonNode jwks,
        @Nullable String logoUrl,
        @Nullable String policyUrl,
        @Nullable String registeredAt,
        @Nullable String secret) {

    RegisteredApp withSecret(String newSecret) {
        return new RegisteredApp(
                id,
                clientId,
                kind,
                name,
                redirectUris,
                launchUrl,
                scopes,
                jwksUrl,
                jwks,
                logoUrl,
                policyUrl,
                registeredAt,
                newSecret);
    }

    @Override
    public String toString() {
        return "RegisteredApp[" + id + "]";
    }
}
