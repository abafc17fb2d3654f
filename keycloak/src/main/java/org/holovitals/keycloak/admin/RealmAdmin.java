package org.holovitals.keycloak.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The admin API of one realm, as a service account. Paths are relative to the realm, such as {@code /clients}. Safe for
 * use by several threads.
 */
public final class RealmAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String realm;
    private final String tokens;
    private final String client;
    private final String secret;
    private @Nullable Token token;

    private RealmAdmin(String realm, String tokens, String client, String secret) {
        this.realm = realm;
        this.tokens = tokens + "/protocol/openid-connect/token";
        this.client = client;
        this.secret = secret;
    }

    private record Token(String text, Instant until) {}

    /**
     * As a service account of the realm itself.
     *
     * @param issuer where the realm is reached, such as {@code http://127.0.0.1:8180/realms/holovitals}
     */
    public static RealmAdmin of(String issuer, String client, String secret) {
        return new RealmAdmin(administered(issuer), issuer, client, secret);
    }

    /** As a service account of the realm {@code master}, which may do everything in all realms. */
    public static RealmAdmin ofMaster(String issuer, String client, String secret) {
        return new RealmAdmin(
                administered(issuer), issuer.replaceFirst("/realms/[^/]+$", "/realms/master"), client, secret);
    }

    /**
     * What stands at a path.
     *
     * @throws AdminRefused when there is no such thing or the account may not see it
     * @throws AdminUnreachable when Keycloak does not answer
     */
    public JsonNode get(String path) {
        return parse(send("GET", path, null).body());
    }

    /** What stands at a path, unless there is nothing. */
    public Optional<JsonNode> find(String path) {
        try {
            return Optional.of(get(path));
        } catch (AdminRefused e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Adds something; its id, or an empty text where Keycloak does not say one. */
    public String post(String path, Object body) {
        return send("POST", path, body)
                .headers()
                .firstValue("Location")
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .orElse("");
    }

    /** Adds something and returns what Keycloak answers. */
    public JsonNode ask(String path) {
        return parse(send("POST", path, null).body());
    }

    /**
     * Adds something that may be there already.
     *
     * @return whether it was not
     */
    public boolean postIfAbsent(String path, Object body) {
        try {
            post(path, body);
            return true;
        } catch (AdminRefused e) {
            if (e.status() == 409) {
                return false;
            }
            throw e;
        }
    }

    /** Puts something in the place of what stands at a path. */
    public void put(String path, Object body) {
        send("PUT", path, body);
    }

    /** Removes what stands at a path. */
    public void delete(String path) {
        send("DELETE", path, null);
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) {
        HttpResponse<String> answer = exchange(request(method, path, body));
        if (answer.statusCode() == 401) {
            // Keycloak lost its sessions, or its keys are new.
            forgetToken();
            answer = exchange(request(method, path, body));
        }
        if (answer.statusCode() / 100 != 2) {
            throw new AdminRefused(
                    answer.statusCode(),
                    "Keycloak answers " + answer.statusCode() + " to " + method + " " + path + reason(answer.body()));
        }
        return answer;
    }

    private HttpRequest request(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token());
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text(body)))
                .build();
    }

    private synchronized void forgetToken() {
        token = null;
    }

    private synchronized String token() {
        Token known = token;
        if (known == null || Instant.now().isAfter(known.until())) {
            known = fetchToken();
            token = known;
        }
        return known.text();
    }

    private Token fetchToken() {
        Instant now = Instant.now();
        String form = "grant_type=client_credentials&client_id=" + encode(client) + "&client_secret=" + encode(secret);
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(URI.create(tokens))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
        if (answer.statusCode() != 200) {
            // Keycloak says 400 or 401 for an account that it does not know.
            throw new AdminRefused(
                    answer.statusCode() < 500 ? 401 : answer.statusCode(),
                    "Keycloak does not accept the account " + client + " (" + answer.statusCode() + ")");
        }
        JsonNode body = parse(answer.body());
        // Renewed after half of its life.
        return new Token(
                body.path("access_token").asText(),
                now.plusSeconds(body.path("expires_in").asLong() / 2));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AdminUnreachable(
                    "Keycloak does not answer at " + request.uri().getAuthority(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminUnreachable("Interrupted while Keycloak was asked", e);
        }
    }

    private static String reason(String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            String reason = answer.path("error_description")
                    .asText(answer.path("errorMessage")
                            .asText(answer.path("error").asText("")));
            return reason.isEmpty() ? "" : ": " + reason;
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static String administered(String issuer) {
        return issuer.replaceFirst("/realms/([^/]+)$", "/admin/realms/$1");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AdminRefused(502, "Keycloak's answer is not JSON");
        }
    }

    @Override
    public String toString() {
        return "RealmAdmin[" + realm + " as " + client + "]";
    }
}
