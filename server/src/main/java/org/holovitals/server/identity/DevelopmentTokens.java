package org.holovitals.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.holovitals.keycloak.realm.Clients;
import org.holovitals.keycloak.realm.Demonstration;

/** Access tokens of the development realm, got as apps get them: through the login form, or by a signed assertion. */
public final class DevelopmentTokens {
    private static final Map<String, String> SCOPES = Map.of(
            "patient", "openid profile fhirUser launch/patient patient/*.cruds",
            "clinician", "openid profile fhirUser user/*.cruds",
            "compliance", "openid profile fhirUser user/AuditEvent.rs",
            "admin", "openid profile fhirUser");

    private final KeycloakProperties keycloak;
    private final String fhirBase;
    private final Clock clock;

    DevelopmentTokens(KeycloakProperties keycloak, String fhirBase, Clock clock) {
        this.keycloak = keycloak;
        this.fhirBase = fhirBase;
        this.clock = clock;
    }

    /**
     * A fresh access token of one of the demonstration logins, or of the backend service.
     *
     * @throws IllegalStateException when the realm has no such login, or Keycloak does not answer
     */
    public String of(String login) throws InterruptedException {
        try {
            return login.equals("backend") ? backend() : user(login);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "No token from " + keycloak.issuer() + ": " + e.getMessage()
                            + ". Is the server running, and was its realm made with --development?",
                    e);
        }
    }

    private String user(String name) throws IOException, InterruptedException {
        Demonstration.Login login = Demonstration.LOGINS.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no demonstration login " + name));
        Pkce pkce = Pkce.make();
        String redirect = DemonstrationApp.redirectUri(fhirBase);
        LoginForm form = new LoginForm(authorization(name, redirect, pkce), redirect);
        form.submit(Map.of("username", login.name(), "password", login.password()));
        if (form.asksFor("otp")) {
            form.submit(Map.of("otp", OneTimeCode.at(Demonstration.TOTP_KEY, clock.instant())));
        }
        if (form.asksFor("accept")) {
            form.submit(Map.of("accept", "true"));
        }
        URI end = form.ended().orElseThrow(() -> new IOException("the login form says: " + form.problem()));
        return redeem(Query.value(end, "code"), redirect, pkce);
    }

    private URI authorization(String login, String redirect, Pkce pkce) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", Clients.DEMO_APP);
        request.put("redirect_uri", redirect);
        request.put("scope", SCOPES.getOrDefault(login, "openid"));
        request.put("state", "token");
        request.put("aud", fhirBase);
        request.put("code_challenge", pkce.challenge());
        request.put("code_challenge_method", "S256");
        return URI.create(keycloak.issuer() + "/protocol/openid-connect/auth?" + form(request));
    }

    private String redeem(String code, String redirect, Pkce pkce) throws IOException, InterruptedException {
        return token(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                Clients.DEMO_APP,
                "redirect_uri",
                redirect,
                "code",
                code,
                "code_verifier",
                pkce.verifier()));
    }

    /** SMART Backend Services: an assertion that the client's key signs. */
    private String backend() throws IOException, InterruptedException {
        String assertion = BackendKey.in(keycloak.directory())
                .assertion(Clients.BACKEND, keycloak.issuer().toString(), clock.instant());
        return token(Map.of(
                "grant_type", "client_credentials",
                "scope", "system/*.cruds",
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion", assertion));
    }

    private String token(Map<String, String> fields) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(keycloak.issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode answer = new ObjectMapper().readTree(response.body());
        if (!answer.hasNonNull("access_token")) {
            throw new IOException(answer.path("error_description").asText("status " + response.statusCode()));
        }
        return answer.path("access_token").asText();
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> LoginForm.field(field.getKey(), field.getValue()))
                .collect(Collectors.joining("&"));
    }
}
