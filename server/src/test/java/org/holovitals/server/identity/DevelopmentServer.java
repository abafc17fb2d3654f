package org.holovitals.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.holovitals.keycloak.realm.Demonstration;
import org.holovitals.server.command.ServerProcess;
import org.jspecify.annotations.Nullable;

/** The run command as a newcomer has it, once for all tests of a run: embedded PostgreSQL, Keycloak, sample and logins. */
public final class DevelopmentServer {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable DevelopmentServer instance;

    private volatile ServerProcess process;
    private final Path directory;
    private final String issuer;
    private final DevelopmentTokens tokens;

    private DevelopmentServer(Path directory, int port, int keycloakPort) throws IOException {
        this.process = ServerProcess.startDevelopment(directory, port, keycloakPort);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.close()));
        this.directory = directory;
        this.issuer = "http://127.0.0.1:" + keycloakPort + "/realms/holovitals";
        this.tokens = tokens(issuer);
    }

    private DevelopmentTokens tokens(String otherIssuer) {
        return new DevelopmentTokens(
                new KeycloakProperties(
                        URI.create(otherIssuer),
                        8180,
                        directory.resolve("keycloak"),
                        true,
                        null,
                        URI.create("https://repo.maven.apache.org/maven2/")),
                process.base(),
                Clock.systemUTC());
    }

    /** The one of this run; it ends with the JVM. */
    public static synchronized DevelopmentServer get() {
        DevelopmentServer running = instance;
        if (running == null) {
            try {
                Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "development");
                running = new DevelopmentServer(directory.toAbsolutePath(), freePort(), freePort());
                instance = running;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return running;
    }

    /** The FHIR base URL. */
    public String base() {
        return process.base();
    }

    /** What tests do with its realm beside logging in. */
    DemonstrationRealm realm() {
        return new DemonstrationRealm(base(), issuer, directory.resolve("keycloak"));
    }

    public String tokenEndpoint() {
        return issuer + "/protocol/openid-connect/token";
    }

    /** A fresh token of a demonstration login. */
    public String token(String login) {
        try {
            return tokens.of(login);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A fresh token of a demonstration login from a copy of this server's realm. */
    public String token(String login, String otherIssuer) throws InterruptedException {
        return tokens(otherIssuer).of(login);
    }

    /** Ends the server with its Keycloak and starts both again under the same addresses. */
    void restart() throws IOException {
        int port = URI.create(base()).getPort();
        process.close();
        process = ServerProcess.startDevelopment(
                directory, port, URI.create(issuer).getPort());
    }

    /** Its data directory. */
    public Path directory() {
        return directory;
    }

    /** Sends to a path of this server with a token. */
    public HttpResponse<String> send(String method, String path, String token, String body) {
        return exchange(HttpRequest.newBuilder(URI.create(base().replaceFirst("/fhir$", "") + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Logs the demonstration patient in for an app, and redeems the code with what else the app sends. */
    public JsonNode logIn(String client, String redirect, String scope, Map<String, String> proof, String... headers)
            throws IOException {
        Pkce pkce = Pkce.make();
        Map<String, String> form = new LinkedHashMap<>(proof);
        form.put("grant_type", "authorization_code");
        form.put("redirect_uri", redirect);
        form.put("code", code(client, redirect, scope, pkce));
        form.put("code_verifier", pkce.verifier());
        return ask(form, headers);
    }

    /** The end of a login: the address with which the app gets the user back; empty when Keycloak shows a page instead. */
    public Optional<URI> end(Map<String, String> request, String redirect) throws IOException {
        try {
            LoginForm form =
                    new LoginForm(URI.create(issuer + "/protocol/openid-connect/auth?" + form(request)), redirect);
            if (form.asksFor("password")) {
                Demonstration.Login login = Demonstration.LOGINS.get(0);
                form.submit(Map.of("username", login.name(), "password", login.password()));
            }
            if (form.asksFor("accept")) {
                form.submit(Map.of("accept", "true"));
            }
            return form.ended();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The token endpoint's answer, whatever it is. */
    public JsonNode ask(Map<String, String> form, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tokenEndpoint()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(form)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return JSON.readTree(exchange(request).body());
    }

    private String code(String client, String redirect, String scope, Pkce pkce) throws IOException {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", client);
        request.put("redirect_uri", redirect);
        request.put("scope", scope);
        request.put("state", "state");
        request.put("aud", base());
        request.put("code_challenge", pkce.challenge());
        request.put("code_challenge_method", "S256");
        return Query.value(end(request, redirect).orElseThrow(), "code");
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> LoginForm.field(field.getKey(), field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
