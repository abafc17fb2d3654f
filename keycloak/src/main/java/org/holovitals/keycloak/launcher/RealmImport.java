package org.holovitals.keycloak.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.holovitals.keycloak.realm.Realm;

/** Makes our realm in a Keycloak that does not have it, through its admin API. An existing realm is left as it is. */
record RealmImport(HttpClient http, String base, String bootstrapSecret) {
    static final String BOOTSTRAP_CLIENT = "holovitals-bootstrap";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    boolean isMissing() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/realms/" + Realm.NAME))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 404;
    }

    void run(String realm) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/admin/realms"))
                .timeout(Duration.ofMinutes(10))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(realm))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new KeycloakFailed("Keycloak refuses the realm: " + response.statusCode() + " " + response.body());
        }
    }

    private String token() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/realms/master/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=" + BOOTSTRAP_CLIENT
                        + "&client_secret=" + bootstrapSecret))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new KeycloakFailed("This Keycloak has no realm " + Realm.NAME + " and was not set up from this"
                    + " directory, so it cannot be made here: import the realm by hand, or give the directory whose"
                    + " secrets.properties set Keycloak up.");
        }
        return MAPPER.readTree(response.body()).path("access_token").asText();
    }

    @Override
    public String toString() {
        return "RealmImport[" + base + "]";
    }
}
