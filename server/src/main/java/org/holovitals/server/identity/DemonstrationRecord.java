package org.holovitals.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.holovitals.keycloak.launcher.KeycloakServer;
import org.holovitals.keycloak.realm.Clients;

/** Gives the demonstration patient a record: the realm is made before there is a patient to name in it. */
final class DemonstrationRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final KeycloakServer keycloak;

    DemonstrationRecord(KeycloakServer keycloak) {
        this.keycloak = keycloak;
    }

    /** Links a FHIR Patient, unless the user has one. */
    void link(String patient) throws IOException, InterruptedException {
        String users = keycloak.issuer().replace("/realms/", "/admin/realms/") + "/users";
        String token = token();
        JsonNode user = send(HttpRequest.newBuilder(URI.create(users + "?username=patient&exact=true")), token)
                .path(0);
        if (user.isMissingNode() || user.path("attributes").has("patient")) {
            return;
        }
        ObjectNode linked = user.deepCopy();
        ObjectNode attributes = linked.withObject("/attributes");
        attributes.putArray("patient").add(patient);
        attributes.putArray("fhirUser").add("Patient/" + patient);
        send(
                HttpRequest.newBuilder(URI.create(users + "/" + user.path("id").asText()))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(linked))),
                token);
    }

    private String token() throws IOException, InterruptedException {
        return send(
                        HttpRequest.newBuilder(URI.create(keycloak.issuer() + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "grant_type=client_credentials&client_id=" + Clients.SERVER + "&"
                                                + LoginForm.field("client_secret", keycloak.serverSecret()))),
                        "")
                .path("access_token")
                .asText();
    }

    private JsonNode send(HttpRequest.Builder request, String token) throws IOException, InterruptedException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("Keycloak answered " + answer.statusCode() + " to "
                    + answer.request().uri().getPath());
        }
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }
}
