package org.holovitals.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TokensTest extends ServerTest {
    private static final RSAKey STRANGER = stranger();
    private static final Consumer<JWTClaimsSet.Builder> SYSTEM = claims -> claims.claim("scope", "system/*.cruds");

    /** What stands after {@code Authorization:}, by what is wrong with it. */
    static Stream<Map.Entry<String, String>> badHeaders() throws JOSEException {
        Map<String, String> headers = new LinkedHashMap<>();
        badTokens().forEach((name, token) -> headers.put(name, "Bearer " + token));
        String good = TestIssuer.system();
        headers.put("no scheme", good);
        headers.put("basic", "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8)));
        headers.put("DPoP scheme", "DPoP " + good);
        headers.put("empty", "Bearer ");
        headers.put("two tokens", "Bearer " + good + " " + good);
        headers.put("comma", "Bearer " + good + "," + good);
        return headers.entrySet().stream();
    }

    private static Map<String, String> badTokens() throws JOSEException {
        Map<String, String> tokens = new LinkedHashMap<>();
        badSignatures(tokens);
        badClaims(tokens);
        return tokens;
    }

    private static void badSignatures(Map<String, String> tokens) throws JOSEException {
        JWTClaimsSet claims = TestIssuer.claims(SYSTEM);
        String good = TestIssuer.system();
        String[] parts = good.split("\\.", -1);
        tokens.put("alg none", new PlainJWT(claims).serialize());
        tokens.put("alg none with a signature", new PlainJWT(claims).serialize() + parts[2]);
        tokens.put("alg None", encoded("{\"alg\":\"None\"}") + "." + parts[1] + ".");
        tokens.put("no alg", encoded("{\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2]);
        for (byte[] secret : List.of(
                TestIssuer.RSA.toRSAPublicKey().getEncoded(),
                pem(TestIssuer.RSA.toRSAPublicKey().getEncoded()),
                TestIssuer.RSA.toPublicJWK().toJSONString().getBytes(UTF_8))) {
            tokens.put("HS256 with the public key " + secret.length, symmetric(claims, secret));
        }
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384)) {
            tokens.put("algorithm " + algorithm, TestIssuer.sign(header(algorithm, "test-rsa"), claims));
        }
        tokens.put("a stranger's key", TestIssuer.sign(header(JWSAlgorithm.RS256, "stranger"), claims, STRANGER));
        tokens.put(
                "the kid of another's key", TestIssuer.sign(header(JWSAlgorithm.RS256, "test-rsa"), claims, STRANGER));
        for (String kid : List.of("", "../../dev/null", "' or 1=1 --", "http://127.0.0.1/keys", "test-ec-256")) {
            tokens.put("kid " + kid, TestIssuer.sign(header(JWSAlgorithm.RS256, kid), claims, STRANGER));
        }
        strangersHeaders().forEach((name, header) -> tokens.put(name, TestIssuer.sign(header, claims, STRANGER)));
        tokens.put(
                "critical header",
                TestIssuer.sign(
                        header(JWSAlgorithm.RS256, "test-rsa")
                                .criticalParams(java.util.Set.of("exp"))
                                .customParam("exp", 1),
                        claims));
        tokens.put("truncated signature", good.substring(0, good.length() - 10));
        tokens.put("no signature", parts[0] + "." + parts[1] + ".");
        tokens.put("two parts", parts[0] + "." + parts[1]);
        tokens.put("four parts", good + ".x");
        tokens.put(
                "another's payload",
                parts[0] + "." + encoded(claims.toString().replace("test-client", "other-client")) + "." + parts[2]);
        tokens.put("payload no JSON", parts[0] + "." + encoded("x") + "." + parts[2]);
        tokens.put("garbage", "x");
        tokens.put("huge", "x".repeat(6000));
    }

    /** Headers that would have the server take a key from the one who made the token. */
    private static Map<String, JWSHeader.Builder> strangersHeaders() {
        return Map.of(
                "jku", header(JWSAlgorithm.RS256, "stranger").jwkURL(URI.create(TestIssuer.name() + "/certs")),
                "x5u", header(JWSAlgorithm.RS256, "stranger").x509CertURL(URI.create(TestIssuer.name() + "/x5u")),
                "jwk", header(JWSAlgorithm.RS256, "stranger").jwk(STRANGER.toPublicJWK()),
                "jwk with our kid", header(JWSAlgorithm.RS256, "test-rsa").jwk(STRANGER.toPublicJWK()));
    }

    private static void badClaims(Map<String, String> tokens) {
        Instant now = Instant.now();
        Map<String, Consumer<JWTClaimsSet.Builder>> claims = new LinkedHashMap<>();
        claims.put("other issuer", token -> token.issuer("https://example.org/realms/holovitals"));
        claims.put("other realm", token -> token.issuer(TestIssuer.name().replace("holovitals", "master")));
        claims.put("issuer with a slash", token -> token.issuer(TestIssuer.name() + "/"));
        claims.put("no issuer", token -> token.issuer(null));
        claims.put("other audience", token -> token.audience("https://example.org/fhir"));
        claims.put("audience account", token -> token.audience(List.of("account", "test-client")));
        claims.put("audience with a path more", token -> token.audience(TestIssuer.AUDIENCE + "/Patient"));
        claims.put("no audience", token -> token.audience((String) null));
        claims.put("expired", token -> token.expirationTime(Date.from(now.minusSeconds(31))));
        claims.put("no expiry", token -> token.expirationTime(null));
        claims.put("not yet", token -> token.notBeforeTime(Date.from(now.plusSeconds(120))));
        claims.put("issued tomorrow", token -> token.issueTime(Date.from(now.plusSeconds(86_400))));
        claims.put("typ ID", token -> token.claim("typ", "ID"));
        claims.put("typ Refresh", token -> token.claim("typ", "Refresh"));
        claims.put("typ Offline", token -> token.claim("typ", "Offline"));
        claims.put("nonce", token -> token.claim("nonce", "n"));
        claims.put("at_hash", token -> token.claim("at_hash", "h"));
        claims.put("bound to a key", token -> token.claim("cnf", Map.of("jkt", "x")));
        claims.put("no subject", token -> token.subject(null));
        claims.put("no client", token -> token.claim("azp", null));
        claims.put("patient scope without patient", token -> token.claim("scope", "patient/*.rs")
                .claim("sid", "s"));
        claims.put("patient of a wrong form", token -> token.claim("scope", "patient/*.rs")
                .claim("patient", "a/../b"));
        claims.put("patient that is a list", token -> token.claim("scope", "patient/*.rs")
                .claim("patient", List.of("a")));
        claims.put("system scope of a user", token -> token.claim("sid", "s"));
        claims.put("system scope of a named user", token -> token.claim("preferred_username", "ada"));
        claims.put("system scope in a launch", token -> token.claim("patient", "a"));
        claims.forEach((name, change) -> tokens.put(name, TestIssuer.token(SYSTEM.andThen(change))));
        tokens.put(
                "header typ id_token",
                TestIssuer.sign(
                        header(JWSAlgorithm.RS256, "test-rsa").type(new JOSEObjectType("logout+jwt")),
                        TestIssuer.claims(SYSTEM)));
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void aBadTokenIsRefusedOnEveryRoute(Map.Entry<String, String> header) {
        for (String path : List.of("/fhir/Patient", "/fhir/Patient/1", "/fhir/nothing", "/api/me", "/api/nothing")) {
            assertRefused(at(path, "Authorization", header.getValue()), path);
        }
        HttpResponse<String> posted = sendBare(request("/fhir")
                .header("Authorization", header.getValue())
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}")));
        assertRefused(posted, "/fhir");
    }

    @Test
    void noTokenIsRefusedAlsoWhereItStandsElsewhere() {
        assertThat(badTokensCount()).isGreaterThanOrEqualTo(40);
        String token = TestIssuer.system();
        assertRefused(at("/fhir/Patient"), "/fhir");
        assertRefused(at("/api/me"), "/api");
        assertRefused(at("/fhir/Patient?access_token=" + token), "/fhir");
        assertRefused(at("/fhir/Patient", "Cookie", "access_token=" + token), "/fhir");
        assertRefused(at("/fhir/Patient", "X-Authorization", "Bearer " + token), "/fhir");
        assertThat(at("/nothing").statusCode()).isEqualTo(401);
        assertThat(at("/actuator/info").statusCode()).isEqualTo(401);
    }

    private static long badTokensCount() {
        try {
            return badHeaders().count();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsForEveryoneNeedsNoToken() {
        for (String path : List.of(
                "/fhir/metadata",
                "/fhir/swagger-ui/",
                "/fhir/api-docs",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/prometheus")) {
            assertThat(at(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(at("/actuator/prometheus", "X-Forwarded-For", "203.0.113.7").statusCode())
                .isEqualTo(401);
    }

    @Test
    void everyAcceptedAlgorithmIsAccepted() {
        Map<JWSAlgorithm, JWK> keys = Map.of(
                JWSAlgorithm.RS256, TestIssuer.RSA,
                JWSAlgorithm.RS384, TestIssuer.RSA,
                JWSAlgorithm.ES256, TestIssuer.EC_256,
                JWSAlgorithm.ES384, TestIssuer.EC_384);
        keys.forEach((algorithm, key) -> {
            String token = TestIssuer.sign(header(algorithm, key.getKeyID()), TestIssuer.claims(SYSTEM), key);
            assertThat(at("/api/me", "Authorization", "Bearer " + token).statusCode())
                    .as(algorithm.getName())
                    .isEqualTo(200);
        });
    }

    @Test
    void thirtySecondsOfSkewAreForgiven() {
        Instant now = Instant.now();
        String token = TestIssuer.token(claims -> claims.claim("scope", "system/*.cruds")
                .issueTime(Date.from(now.minusSeconds(315)))
                .expirationTime(Date.from(now.minusSeconds(15))));
        String early = TestIssuer.token(claims ->
                claims.issueTime(Date.from(now.plusSeconds(15))).notBeforeTime(Date.from(now.plusSeconds(15))));
        assertThat(at("/api/me", "Authorization", "Bearer " + early).statusCode())
                .isEqualTo(200);
        assertThat(at("/api/me", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
    }

    @Test
    void meIsWhoTheTokenSays() {
        HttpResponse<String> answer =
                at("/api/me", "Authorization", "Bearer " + TestIssuer.patient("p-1", "openid patient/Patient.r"));
        assertThat(answer.body())
                .contains("\"client\":\"test-client\"", "\"patient\":\"p-1\"", "\"fhirUser\":\"Patient/p-1\"")
                .contains("\"roles\":[\"patient\"]", "\"interactions\":[\"READ\"]", "\"service\":false");
    }

    @Test
    void manyTokensWithUnknownKeysCauseOneRequestForKeys() {
        at("/api/me", "Authorization", "Bearer " + TestIssuer.system());
        int before = TestIssuer.keyRequests();
        for (int i = 0; i < 50; i++) {
            String token =
                    TestIssuer.sign(header(JWSAlgorithm.RS256, "unknown-" + i), TestIssuer.claims(SYSTEM), STRANGER);
            assertThat(at("/api/me", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(401);
        }
        assertThat(TestIssuer.keyRequests() - before).isLessThanOrEqualTo(1);
    }

    private static void assertRefused(HttpResponse<String> answer, String path) {
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (path.startsWith("/fhir")) {
            assertThat(type).startsWith("application/fhir+json");
            assertThat(answer.body()).contains("OperationOutcome", "\"login\"");
        } else {
            assertThat(type).startsWith("application/problem+json");
        }
    }

    private HttpResponse<String> at(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        return sendBare(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", path)));
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm, String kid) {
        return new JWSHeader.Builder(algorithm).keyID(kid);
    }

    private static String symmetric(JWTClaimsSet claims, byte[] secret) throws JOSEException {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("test-rsa").build(), new Payload(claims.toString()));
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static byte[] pem(byte[] key) {
        return ("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static RSAKey stranger() {
        try {
            return new RSAKeyGenerator(2048).keyID("stranger").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
