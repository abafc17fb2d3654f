package org.holovitals.server.launch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.holovitals.keycloak.realm.Clients;
import org.holovitals.server.access.IdentityLink;
import org.holovitals.server.access.Issuer;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Asks the issuer about a token, as the server's own client: it alone knows what was revoked. */
final class Introspection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private static final JsonMapper JSON = new JsonMapper();

    private final Issuer issuer;
    private final IdentityLink link;

    Introspection(Issuer issuer, IdentityLink link) {
        this.issuer = issuer;
        this.link = link;
    }

    /** All that the issuer says of a token (RFC 7662). */
    Map<String, Object> of(String token) {
        String secret = link.clientSecret()
                .orElseThrow(() -> new Problem(
                        ProblemType.UNAVAILABLE, "The secret of the client " + Clients.SERVER + " is not configured"));
        URI endpoint = issuer.reached("introspection_endpoint").orElseThrow(Introspection::unavailable);
        String form = "token=" + encoded(token) + "&client_id=" + Clients.SERVER + "&client_secret=" + encoded(secret);
        return answer(HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private static Map<String, Object> answer(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw unavailable();
            }
            return JSON.readValue(answer.body(), new TypeReference<Map<String, Object>>() {});
        } catch (IOException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static Problem unavailable() {
        return new Problem(ProblemType.UNAVAILABLE, "The identity provider does not tell about tokens now");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
