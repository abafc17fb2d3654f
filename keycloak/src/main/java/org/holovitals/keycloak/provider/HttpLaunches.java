package org.holovitals.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.util.JsonSerialization;

/**
 * Asks our server: POST {launch-url}/context and POST {launch-url}/patients. The call carries a token that the realm's
 * key signs for half a minute and for this address only; its type keeps it from passing for an access token.
 */
final class HttpLaunches implements Launches {
    static final String TOKEN_TYPE = "holovitals-launch";

    private static final Logger LOG = Logger.getLogger(HttpLaunches.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final KeycloakSession session;
    private final @Nullable String url;

    HttpLaunches(KeycloakSession session, @Nullable String url) {
        this.session = session;
        this.url = url;
    }

    @Override
    public Optional<LaunchContext> context(String launch, Person person, String client) {
        return post(
                        "/context",
                        Map.of(
                                "launch",
                                launch,
                                "client",
                                client,
                                "user",
                                person.id(),
                                "userName",
                                person.name(),
                                "roles",
                                person.roles(),
                                "patients",
                                person.patients()))
                .map(answer -> LaunchContext.parse(answer.toString()));
    }

    @Override
    public List<Choice> names(List<String> patients, String user) {
        Map<String, Choice> known = new HashMap<>();
        post("/patients", Map.of("patients", patients, "user", user)).ifPresent(answer -> answer.path("patients")
                .forEach(patient -> known.put(patient.path("id").asText(), choice(patient))));
        return patients.stream()
                .map(id -> known.getOrDefault(id, new Choice(id, id, "")))
                .toList();
    }

    private static Choice choice(JsonNode patient) {
        String id = patient.path("id").asText();
        return new Choice(
                id, patient.path("name").asText(id), patient.path("birthDate").asText(""));
    }

    private Optional<JsonNode> post(String path, Map<String, ?> body) {
        if (url == null) {
            return Optional.empty();
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + token(url))
                    .POST(HttpRequest.BodyPublishers.ofString(JsonSerialization.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return Optional.of(JsonSerialization.readValue(response.body(), JsonNode.class));
            }
            LOG.warnf("The server answered %d to %s", response.statusCode(), path);
        } catch (IOException e) {
            LOG.warnf(e, "The server does not answer to %s", path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private String token(String audience) {
        AccessToken token = new AccessToken();
        token.id(SecretGenerator.getInstance().generateSecureID());
        token.type(TOKEN_TYPE);
        token.issuer(Urls.realmIssuer(
                session.getContext().getUri().getBaseUri(),
                session.getContext().getRealm().getName()));
        token.subject("keycloak");
        token.audience(audience);
        token.issuedNow();
        token.exp(token.getIat() + 30);
        return session.tokens().encode(token);
    }
}
