package org.holovitals.server.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.holovitals.keycloak.realm.Clients;

/** Keycloak's admin API for one realm, as the server's own service account. */
final class KeycloakAdmin {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A token is renewed this long before it ends. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI issuer;
    private final String secret;
    private final Clock clock;
    private String token = "";
    private Instant tokenEnds = Instant.MIN;

    KeycloakAdmin(URI issuer, String secret, Clock clock) {
        this.issuer = issuer;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * What stands at a path below the realm; empty when nothing does.
     *
     * @param path such as {@code events?max=5}; empty is the realm itself
     * @throws IOException when Keycloak does not answer, or not as it should; the message holds no secret
     */
    Optional<JsonNode> get(String path) throws IOException, InterruptedException {
        URI address = URI.create(
                issuer.toString().replace("/realms/", "/admin/realms/") + (path.isEmpty() ? "" : "/" + path));
        HttpResponse<byte[]> answer = ask(address);
        if (answer.statusCode() == 401) {
            // Keycloak lost its sessions, or its keys are new.
            tokenEnds = Instant.MIN;
            answer = ask(address);
        }
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(JSON.readTree(answer.body()));
            case 404 -> Optional.empty();
            default -> throw new IOException("it answered " + answer.statusCode() + " to " + address.getPath());
        };
    }

    private HttpResponse<byte[]> ask(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token()));
    }

    private String token() throws IOException, InterruptedException {
        if (clock.instant().isBefore(tokenEnds)) {
            return token;
        }
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                        + Clients.SERVER + "&client_secret="
                        + URLEncoder.encode(secret, StandardCharsets.UTF_8))));
        if (answer.statusCode() != 200) {
            throw new IOException("it gave " + Clients.SERVER + " no token (" + answer.statusCode() + ")");
        }
        JsonNode body = JSON.readTree(answer.body());
        token = body.path("access_token").asText();
        tokenEnds =
                clock.instant().plusSeconds(body.path("expires_in").asLong()).minus(MARGIN);
        return token;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
