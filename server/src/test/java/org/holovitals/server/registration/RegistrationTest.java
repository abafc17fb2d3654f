package org.holovitals.server.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.database.RunningDatabase;
import org.holovitals.server.identity.DevelopmentServer;
import org.junit.jupiter.api.Test;

/** Apps of each kind, registered with an administrator's token, get tokens from the real Keycloak and call the server. */
final class RegistrationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REDIRECT = "http://127.0.0.1:8765/callback";
    private static final String LABORATORY = "patient/Observation.rs?category="
            + "http://terminology.hl7.org/CodeSystem/observation-category|laboratory&status=final";

    private final DevelopmentServer server = DevelopmentServer.get();
    private final String admin = server.token("admin");

    @Test
    void aPublicAppLogsItsUserInWithScopesThatTheRealmDidNotHave() throws IOException {
        JsonNode app = register(app("public", "openid", "launch/patient", "patient/Condition.rs", LABORATORY));
        assertThat(app.has("secret")).isFalse();

        JsonNode tokens = server.logIn(
                id(app),
                REDIRECT,
                "openid launch/patient patient/Condition.rs " + LABORATORY,
                Map.of("client_id", id(app)));

        assertThat(tokens.path("scope").asText().split(" ")).contains("patient/Condition.rs", LABORATORY);
        assertThat(tokens.path("patient").asText()).isNotEmpty();
        String token = tokens.path("access_token").asText();
        assertThat(fhir("Condition?_count=1", token)).isEqualTo(200);
        assertThat(fhir("Observation?_count=1", token)).isEqualTo(200);
        assertThat(fhir("Immunization?_count=1", token)).as("not registered").isEqualTo(403);
    }

    @Test
    void whetherSomebodySeesAResourceWithAnAppIsExplainedByWhatItIsRegisteredFor() throws IOException {
        String clinician = server.token("clinician");
        String subject = JSON.readTree(Base64.getUrlDecoder().decode(clinician.split("\\.", -1)[1]))
                .path("sub")
                .asText();
        assertThat(server.send("GET", "/api/me", clinician, "").statusCode()).isEqualTo(200);
        String id = id(register(app("public", "launch/patient", "patient/Condition.rs", "user/Condition.rs")));

        JsonNode answer = json(
                server.send(
                        "GET",
                        "/api/explain-access?user=" + subject + "&client=" + id + "&resource=Observation/1",
                        server.token("compliance"),
                        ""),
                200);
        assertThat(answer.path("rule").asText()).isEqualTo("scope");
        assertThat(answer.path("scopes").path("from").asText()).isEqualTo("registration");
        assertThat(answer.path("scopes").path("scope").asText().split(" "))
                .containsExactlyInAnyOrder("launch/patient", "user/Condition.rs");
    }

    @Test
    void aPublicAppMustUsePkceAndItsExactRedirect() throws IOException {
        String id = id(register(app("public", "patient/Condition.rs")));
        Map<String, String> request = new HashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                id,
                "redirect_uri",
                REDIRECT,
                "scope",
                "patient/Condition.rs",
                "aud",
                server.base()));

        assertThat(server.end(request, REDIRECT))
                .hasValueSatisfying(end -> assertThat(end.getQuery()).contains("error=invalid_request"));
        request.put("redirect_uri", REDIRECT + "/elsewhere");
        assertThat(server.end(request, REDIRECT)).isEmpty();
    }

    @Test
    void anAppMayNotAskForMoreThanItWasRegisteredFor() throws IOException {
        String id = id(register(app("public", "patient/Condition.rs")));
        Map<String, String> request = Map.of(
                "response_type", "code",
                "client_id", id,
                "redirect_uri", REDIRECT,
                "scope", "patient/Observation.rs",
                "aud", server.base(),
                "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method", "S256");

        assertThat(server.end(request, REDIRECT))
                .hasValueSatisfying(end -> assertThat(end.getQuery()).contains("error=invalid_scope"));
    }

    @Test
    void aSecretIsShownOnceAndAnOldOneIsVoid() throws IOException {
        JsonNode app = register(app("confidential-secret", "launch/patient", "patient/Condition.rs"));
        String old = app.path("secret").asText();
        assertThat(old).hasSize(43);
        assertThat(get(id(app)).has("secret")).isFalse();
        assertThat(logInWithSecret(id(app), old).has("access_token")).isTrue();
        assertThat(logInWithSecret(id(app), "wrong").path("error").asText()).isEqualTo("unauthorized_client");

        JsonNode renewed = json(send("POST", "/" + id(app) + "/secret", ""), 200);

        assertThat(logInWithSecret(id(app), old).has("access_token")).isFalse();
        JsonNode tokens = logInWithSecret(id(app), renewed.path("secret").asText());
        assertThat(fhir("Condition?_count=1", tokens.path("access_token").asText()))
                .isEqualTo(200);
    }

    @Test
    void aConfidentialAppMaySignInsteadOfKeepingASecret() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_384).keyID("app").generate();
        Map<String, Object> request = app("confidential-keys", "launch/patient", "patient/Condition.rs");
        request.put("jwks", JSON.readTree(new JWKSet(key.toPublicJWK()).toString()));
        String id = id(register(request));

        JsonNode tokens = server.logIn(
                id,
                REDIRECT,
                "launch/patient patient/Condition.rs",
                proof(id, JWSAlgorithm.ES384, "app", new ECDSASigner(key)));

        assertThat(fhir("Condition?_count=1", tokens.path("access_token").asText()))
                .as(tokens.toString())
                .isEqualTo(200);
        assertThat(server.logIn(id, REDIRECT, "patient/Condition.rs", Map.of("client_id", id))
                        .has("access_token"))
                .as("without its key")
                .isFalse();
    }

    @Test
    void aBackendServiceSignsWithEitherAlgorithmAndItsKeysAreFetched() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ECKey ec = new ECKeyGenerator(Curve.P_384).keyID("ec").generate();
        HttpServer keys = serve(new JWKSet(List.of(rsa, ec)).toString(true));
        try {
            String id = id(register(backend(
                    Map.of("jwksUrl", "http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks"),
                    "system/Condition.rs")));

            for (Map<String, String> proof : List.of(
                    proof(id, JWSAlgorithm.RS384, "rsa", new RSASSASigner(rsa)),
                    proof(id, JWSAlgorithm.ES384, "ec", new ECDSASigner(ec)))) {
                JsonNode tokens = client(proof, "system/Condition.rs");
                String token = tokens.path("access_token").asText();
                assertThat(fhir("Condition?_count=1", token))
                        .as(tokens.toString())
                        .isEqualTo(200);
                assertThat(fhir("Patient?_count=1", token)).isEqualTo(403);
                assertThat(server.send("GET", "/api/apps", token, "").statusCode())
                        .isEqualTo(403);
            }
            RSAKey other = new RSAKeyGenerator(2048).keyID("rsa").generate();
            assertThat(client(proof(id, JWSAlgorithm.RS384, "rsa", new RSASSASigner(other)), "system/Condition.rs")
                            .has("access_token"))
                    .isFalse();
        } finally {
            keys.stop(0);
        }
    }

    @Test
    void aChangeReplacesScopesAddressesAndKeys() throws Exception {
        RSAKey first = new RSAKeyGenerator(2048).keyID("first").generate();
        RSAKey second = new RSAKeyGenerator(2048).keyID("second").generate();
        String id = id(register(backend(
                Map.of("jwks", JSON.readTree(new JWKSet(first.toPublicJWK()).toString())), "system/Condition.rs")));

        JsonNode changed = json(
                send(
                        "PUT",
                        "/" + id,
                        backend(
                                Map.of("jwks", JSON.readTree(new JWKSet(second.toPublicJWK()).toString())),
                                "system/Goal.cruds",
                                "system/Observation.rs?category=laboratory")),
                200);

        assertThat(texts(changed.path("scopes")))
                .containsExactly("system/Goal.cruds", "system/Observation.rs?category=laboratory");
        assertThat(get(id)).isEqualTo(changed);
        assertThat(client(proof(id, JWSAlgorithm.RS384, "first", new RSASSASigner(first)), "system/Goal.cruds")
                        .has("access_token"))
                .isFalse();
        assertThat(client(proof(id, JWSAlgorithm.RS384, "second", new RSASSASigner(second)), "system/Condition.rs")
                        .path("error")
                        .asText())
                .isEqualTo("invalid_scope");
        JsonNode tokens =
                client(proof(id, JWSAlgorithm.RS384, "second", new RSASSASigner(second)), "system/Goal.cruds");
        assertThat(fhir("Goal?_count=1", tokens.path("access_token").asText())).isEqualTo(200);
        assertThat(send("PUT", "/" + id, app("public", "openid")).statusCode()).isEqualTo(409);
    }

    @Test
    void aRemovedAppGetsNoMoreTokens() throws IOException {
        String id = id(register(app("public", "launch/patient", "patient/Condition.rs", "offline_access")));
        JsonNode tokens = server.logIn(
                id, REDIRECT, "launch/patient patient/Condition.rs offline_access", Map.of("client_id", id));
        assertThat(tokens.has("refresh_token")).isTrue();

        assertThat(send("DELETE", "/" + id, "").statusCode()).isEqualTo(204);

        assertThat(server.ask(Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                id,
                                "refresh_token",
                                tokens.path("refresh_token").asText()))
                        .has("access_token"))
                .isFalse();
        assertThat(send("GET", "/" + id, "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/" + id, "").statusCode()).isEqualTo(404);
        assertThat(json(send("GET", "", ""), 200).toString()).doesNotContain(id);
    }

    @Test
    void everyChangeIsRecordedAndABackendServiceAsksForAReview() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("key").generate();
        Map<String, Object> app =
                backend(Map.of("jwks", JSON.readTree(new JWKSet(key.toPublicJWK()).toString())), "system/Condition.rs");
        String id = id(register(app));
        json(send("PUT", "/" + id, app), 200);
        send("DELETE", "/" + id, "");

        assertThat(RunningDatabase.text(server.directory(), """
                        select string_agg(action || ' ' || outcome || ' ' || requires_review, ', ' order by timestamp)
                        from holovitals.audit_logs where resource_id = '%s' and user_id is not null and action <> 'read-app'
                        """.formatted(id)))
                .isEqualTo("register-app success true, change-app success true, remove-app success true");
    }

    @Test
    void theListHasAppsOnlyAndTheRealmsOwnClientsCannotBeTouched() throws Exception {
        String id = id(register(app("public", "openid")));

        JsonNode list = json(send("GET", "", ""), 200);

        assertThat(list.toString()).contains(id).doesNotContain("holovitals-server", "realm-management", "secret\":");
        String own = RunningDatabase.text(
                server.directory(), "select id from keycloak.client where client_id = 'holovitals-server'");
        assertThat(send("GET", "/" + own, "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/" + own, "").statusCode()).isEqualTo(404);
        assertThat(server.send("GET", "/api/apps", server.token("patient"), "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void badInputIsNamed() throws IOException {
        HttpResponse<String> answer = send("POST", "", app("public", "system/Goal.rs"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("type").asText())
                .isEqualTo("urn:holovitals:problem:app-scope-invalid");
        assertThat(send("POST", "", Map.of("kind", "unheard-of")).statusCode()).isEqualTo(400);
        assertThat(send("GET", "/not-an-id", "").statusCode()).isEqualTo(400);
    }

    private JsonNode logInWithSecret(String id, String secret) throws IOException {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return server.logIn(
                id, REDIRECT, "launch/patient patient/Condition.rs", Map.of(), "Authorization", "Basic " + basic);
    }

    private JsonNode client(Map<String, String> proof, String scope) throws IOException {
        Map<String, String> form = new HashMap<>(proof);
        form.put("grant_type", "client_credentials");
        form.put("scope", scope);
        return server.ask(form);
    }

    private Map<String, String> proof(String id, JWSAlgorithm algorithm, String key, JWSSigner signer)
            throws JOSEException {
        Instant now = Instant.now();
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key).build(),
                new JWTClaimsSet.Builder()
                        .issuer(id)
                        .subject(id)
                        .audience(server.tokenEndpoint())
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(240)))
                        .build());
        assertion.sign(signer);
        return Map.of(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion.serialize());
    }

    private JsonNode register(Map<String, Object> app) throws IOException {
        HttpResponse<String> answer = send("POST", "", app);
        JsonNode registered = json(answer, 201);
        assertThat(answer.headers().firstValue("Location")).contains("/api/apps/" + id(registered));
        return registered;
    }

    private JsonNode get(String id) throws IOException {
        return json(send("GET", "/" + id, ""), 200);
    }

    private HttpResponse<String> send(String method, String path, Map<String, Object> body)
            throws JsonProcessingException {
        return send(method, path, JSON.writeValueAsString(body));
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return server.send(method, "/api/apps" + path, admin, body);
    }

    private int fhir(String path, String token) {
        return server.send("GET", "/fhir/" + path, token, "").statusCode();
    }

    private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static Map<String, Object> app(String kind, String... scopes) {
        return new HashMap<>(Map.of(
                "kind", kind,
                "name", "App of a test",
                "redirectUris", List.of(REDIRECT),
                "launchUrl", URI.create(REDIRECT).resolve("/launch").toString(),
                "scopes", List.of(scopes)));
    }

    private static Map<String, Object> backend(Map<String, Object> keys, String... scopes) {
        Map<String, Object> app = new HashMap<>(keys);
        app.putAll(Map.of("kind", "backend", "name", "Service of a test", "scopes", List.of(scopes)));
        return app;
    }

    private static String id(JsonNode app) {
        return app.path("id").asText();
    }

    private static List<String> texts(JsonNode list) {
        return JSON.convertValue(list, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static HttpServer serve(String jwks) throws IOException {
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/jwks", exchange -> {
            byte[] body = jwks.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        return keys;
    }
}
