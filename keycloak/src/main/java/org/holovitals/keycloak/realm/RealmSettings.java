package org.holovitals.keycloak.realm;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between realms.
 *
 * @param development whether the realm has the demonstration users
 * @param redirectUris where the demonstration app may be sent back to: exact addresses on loopback
 * @param patients the FHIR ids of the records that belong to the demonstration patient
 * @param serverSecret the secret of the server's own service account
 * @param backendJwks the public keys of the backend client as a JSON Web Key Set; null leaves that client disabled
 */
public record RealmSettings(
        boolean development,
        List<String> redirectUris,
        List<String> patients,
        String serverSecret,
        @Nullable String backendJwks) {

    public RealmSettings {
        redirectUris = List.copyOf(redirectUris);
        patients = List.copyOf(patients);
        redirectUris.forEach(RealmSettings::requireExactLoopback);
        if (serverSecret.length() < 32) {
            throw new IllegalArgumentException("The server's secret has less than 32 characters");
        }
    }

    private static void requireExactLoopback(String redirectUri) {
        String host = URI.create(redirectUri).getHost();
        if (redirectUri.contains("*") || !("127.0.0.1".equals(host) || "localhost".equals(host))) {
            throw new IllegalArgumentException("Not an exact address on loopback: " + redirectUri);
        }
    }
}
