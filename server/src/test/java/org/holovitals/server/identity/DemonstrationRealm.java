package org.holovitals.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.holovitals.keycloak.realm.Clients;

/** What tests do with the realm of a running development server beside logging in: as an app, and as the server's account. */
record DemonstrationRealm(String fhirBase, String issuer, Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An app's request for authorization, sent through our server; a value of "" leaves a parameter out. */
    Map<String, String> request(String scope, Pkce pkce, Map<String, String> changes) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", Clients.DEMO_APP);
        request.put("redirect_uri", redirectUri());
        request.put("scope", scope);
        request.put("state", "~st+ate/ =?&");
        request.put("aud", fhirBase);
        request.put("code_challenge", pkce.challenge());
        request.put("code_challenge_method", "S256");
        request.putAll(changes);
        request.values().removeIf(String::isEmpty);
        return request;
    }

    /** The page that a browser shows after following our address. */
    LoginForm open(Map<String, String> request) throws IOException, InterruptedException {
        return new LoginForm(URI.create(own("/oauth2/authorize?") + form(request)), redirectUri());
    }

    /** The same with the request in a form. */
    LoginForm openByForm(Map<String, String> request) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(own("/oauth2/authorize"), request, "");
        return new LoginForm(URI.create(answer.headers().firstValue("Location").orElseThrow()), redirectUri());
    }

    JsonNode redeem(URI end, Pkce pkce) throws IOException, InterruptedException {
        return JSON.readTree(post(
                        issuer + "/protocol/openid-connect/token",
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", Clients.DEMO_APP,
                                "redirect_uri", redirectUri(),
                                "code", Query.value(end, "code"),
                                "code_verifier", pkce.verifier()),
                        "")
                .body());
    }

    void revoke(String refreshToken) throws IOException, InterruptedException {
        post(
                issuer + "/protocol/openid-connect/revoke",
                Map.of("client_id", Clients.DEMO_APP, "token", refreshToken),
                "");
    }

    JsonNode introspect(String token, String bearer) throws IOException, InterruptedException {
        return JSON.readTree(
                post(own("/oauth2/introspect"), Map.of("token", token), bearer).body());
    }

    JsonNode get(String address, String bearer) throws IOException, InterruptedException {
        return JSON.readTree(
                send(HttpRequest.newBuilder(URI.create(address)), bearer).body());
    }

    /** The handle of a new launch. */
    String launch(Map<String, Object> launch, String bearer) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(json(own("/api/launches"), "POST", launch), bearer);
        if (answer.statusCode() != 201) {
            throw new IOException(answer.statusCode() + answer.body());
        }
        return JSON.readTree(answer.body()).path("launch").asText();
    }

    /** Adds a user with the role patient and these records. */
    void addPatientUser(String name, String password, List<String> patients) throws IOException, InterruptedException {
        String admin = issuer.replace("/realms/", "/admin/realms/");
        String bearer = serverToken();
        send(
                json(
                        admin + "/users",
                        "POST",
                        Map.of(
                                "username",
                                name,
                                "enabled",
                                true,
                                "email",
                                name + "@holovitals.example",
                                "emailVerified",
                                true,
                                "firstName",
                                "First",
                                "lastName",
                                "Last",
                                "attributes",
                                Map.of("patient", patients),
                                "credentials",
                                List.of(Map.of("type", "password", "value", password)))),
                bearer);
        String user = get(admin + "/users?exact=true&username=" + name, bearer)
                .path(0)
                .path("id")
                .asText();
        JsonNode role = get(admin + "/roles/patient", bearer);
        send(json(admin + "/users/" + user + "/role-mappings/realm", "POST", List.of(role)), bearer);
    }

    /** Ends an app's session as the app does it. */
    void logout(String refreshToken) throws IOException, InterruptedException {
        post(
                issuer + "/protocol/openid-connect/logout",
                Map.of("client_id", Clients.DEMO_APP, "refresh_token", refreshToken),
                "");
    }

    /** The status of a request to the realm's admin API; a body of "" sends none. */
    int administer(String method, String path, String body) throws IOException, InterruptedException {
        return send(
                        HttpRequest.newBuilder(URI.create(issuer.replace("/realms/", "/admin/realms/") + path))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body)),
                        serverToken())
                .statusCode();
    }

    private String serverToken() throws IOException, InterruptedException {
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve("secrets.properties"))) {
            secrets.load(reader);
        }
        return JSON.readTree(post(
                                issuer + "/protocol/openid-connect/token",
                                Map.of(
                                        "grant_type",
                                        "client_credentials",
                                        "client_id",
                                        Clients.SERVER,
                                        "client_secret",
                                        secrets.getProperty("server")),
                                "")
                        .body())
                .path("access_token")
                .asText();
    }

    String own(String path) {
        return fhirBase.replaceFirst("/fhir$", "") + path;
    }

    private String redirectUri() {
        return DemonstrationApp.redirectUri(fhirBase);
    }

    private static HttpRequest.Builder json(String address, String method, Object body) throws IOException {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private static HttpResponse<String> post(String address, Map<String, String> fields, String bearer)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(fields))),
                bearer);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String bearer)
            throws IOException, InterruptedException {
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> LoginForm.field(field.getKey(), field.getValue()))
                .collect(Collectors.joining("&"));
    }
}
