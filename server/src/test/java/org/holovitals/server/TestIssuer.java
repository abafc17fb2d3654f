package org.holovitals.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
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
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An OpenID issuer on the loopback address for all tests of a run: its keys are made once. */
public final class TestIssuer {
    public static final String AUDIENCE = "http://127.0.0.1/fhir";
    public static final String LAUNCH_URL = "http://127.0.0.1/launches";
    public static final String CLIENT_SECRET = "the-secret-of-the-servers-client";
    public static final RSAKey RSA = rsa("test-rsa");
    public static final ECKey EC_256 = ec("test-ec-256", Curve.P_256);
    public static final ECKey EC_384 = ec("test-ec-384", Curve.P_384);
    private static final AtomicInteger KEY_REQUESTS = new AtomicInteger();
    private static final Set<String> REVOKED = ConcurrentHashMap.newKeySet();
    private static final HttpServer SERVER = start();
    private static final AtomicReference<@Nullable Issued> system = new AtomicReference<>();

    private TestIssuer() {}

    /** The {@code iss} of the tokens. */
    public static String name() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/realms/holovitals";
    }

    /** How often the keys were asked for. */
    public static int keyRequests() {
        return KEY_REQUESTS.get();
    }

    /** Ends a token before its time, which only its introspection tells. */
    public static void revoke(String token) {
        REVOKED.add(token);
    }

    /** A backend service that may do everything. Its token is used for a minute: to sign one takes longer than most requests. */
    public static String system() {
        Issued last = system.get();
        if (last == null || last.time().isBefore(Instant.now().minusSeconds(60))) {
            last = new Issued(Instant.now(), token(claims -> claims.claim("scope", "system/*.cruds")));
            system.set(last);
        }
        return last.token();
    }

    private record Issued(Instant time, String token) {}

    /** A patient's app, launched for the own record. */
    public static String patient(String patient, String scopes) {
        return token(claims -> claims.claim("scope", scopes)
                .claim("sid", "session")
                .claim("patient", patient)
                .claim("fhirUser", "Patient/" + patient)
                .claim("realm_access", Map.of("roles", List.of("patient"))));
    }

    /** A user with a role of the realm. */
    public static String user(String role, String scopes) {
        return token(claims -> claims.claim("scope", scopes)
                .claim("sid", "session")
                .claim("fhirUser", "Practitioner/" + role)
                .claim("realm_access", Map.of("roles", List.of(role))));
    }

    /** A clinician by her account, in a session. */
    public static String clinician(String subject, String scopes) {
        return token(claims -> claims.subject(subject)
                .claim("scope", scopes)
                .claim("sid", "session")
                .claim("fhirUser", "Practitioner/" + subject)
                .claim("realm_access", Map.of("roles", List.of("clinician"))));
    }

    /** A person with a session of her own. */
    public static String person(String subject, String role, String fhirUser, @Nullable String patient, String scopes) {
        return token(claims -> claims.subject(subject)
                .claim("scope", scopes)
                .claim("sid", "session-" + subject)
                .claim("patient", patient)
                .claim("fhirUser", fhirUser)
                .claim("realm_access", Map.of("roles", List.of(role))));
    }

    /** A valid token of five minutes, with what is added to it. */
    public static String token(Consumer<JWTClaimsSet.Builder> more) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(RSA.getKeyID()), claims(more));
    }

    public static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> more) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(name())
                .audience(AUDIENCE)
                .subject("5b7f6f7c-0d0e-4f2c-9c53-1f2b9d1f5a10")
                .claim("typ", "Bearer")
                .claim("azp", "test-client")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        more.accept(claims);
        return claims.build();
    }

    public static String sign(JWSHeader.Builder header, JWTClaimsSet claims) {
        return sign(header, claims, RSA);
    }

    public static String sign(JWSHeader.Builder header, JWTClaimsSet claims, com.nimbusds.jose.jwk.JWK key) {
        try {
            JWSHeader made = header.build();
            SignedJWT token = new SignedJWT(
                    made.getType() == null ? header.type(JOSEObjectType.JWT).build() : made, claims);
            token.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String id, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            serve(server, "/realms/holovitals/certs", () -> {
                KEY_REQUESTS.incrementAndGet();
                return new JWKSet(List.of(RSA, EC_256, EC_384)).toString(true);
            });
            serve(server, "/realms/holovitals/.well-known/openid-configuration", TestIssuer::discovery);
            server.createContext("/realms/holovitals/token/introspect", TestIssuer::introspect);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String discovery() {
        return """
                {"issuer":"%1$s","jwks_uri":"%1$s/certs","authorization_endpoint":"%1$s/auth",
                 "token_endpoint":"%1$s/token","introspection_endpoint":"%1$s/token/introspect",
                 "revocation_endpoint":"%1$s/revoke"}
                """.formatted(name());
    }

    /** As Keycloak does it: every claim of a token that holds. */
    private static void introspect(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = form.replaceFirst("(^|.*&)token=([^&]*).*", "$2");
        boolean isOurs =
                form.contains("client_id=holovitals-server") && form.contains("client_secret=" + CLIENT_SECRET);
        byte[] body =
                (REVOKED.contains(token) ? "{\"active\":false}" : claimsOf(token)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isOurs ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String claimsOf(String token) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
            return new JWTClaimsSet.Builder(claims)
                    .claim("active", true)
                    .claim("client_id", claims.getClaim("azp"))
                    .claim("username", "somebody")
                    .build()
                    .toString(false);
        } catch (ParseException e) {
            return "{\"active\":false}";
        }
    }

    private static void serve(HttpServer server, String path, java.util.function.Supplier<String> text) {
        server.createContext(path, exchange -> {
            byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
