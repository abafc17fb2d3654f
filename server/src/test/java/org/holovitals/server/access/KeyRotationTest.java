package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.oauth2.jwt.BadJwtException;

/** The issuer changes its keys while the server runs, and goes away. */
final class KeyRotationTest {
    private static final RSAKey SECOND = rsa("second");

    private final AtomicInteger requests = new AtomicInteger();
    private final List<JWK> published = new CopyOnWriteArrayList<>(List.of(TestIssuer.RSA));
    private volatile int status = 200;
    private final HttpServer keys = start();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = clock();
    private final TokenCheck tokens = tokens();

    @AfterEach
    void stop() {
        keys.stop(0);
    }

    @Test
    void aNewKeyIsFetchedOnceAndTheOldOneGoesOn() {
        accepts(TestIssuer.RSA);
        accepts(TestIssuer.RSA);
        assertThat(requests).hasValue(1);
        published.add(SECOND);
        now = now.plus(Duration.ofMinutes(2));
        accepts(SECOND);
        accepts(SECOND);
        accepts(TestIssuer.RSA);
        assertThat(requests).hasValue(2);
    }

    @Test
    void aKeyThatIsTakenBackIsRefusedWhenTheKeysAreRead() {
        published.add(SECOND);
        accepts(SECOND);
        published.remove(SECOND);
        now = now.plus(Duration.ofMinutes(11));
        refuses(SECOND);
        accepts(TestIssuer.RSA);
    }

    @Test
    void unknownKeysCauseOneRequestAMinute() {
        accepts(TestIssuer.RSA);
        for (int minute = 1; minute <= 3; minute++) {
            now = now.plus(Duration.ofMinutes(1));
            for (int i = 0; i < 20; i++) {
                refuses(rsa("unknown-" + minute + "-" + i, SECOND));
            }
            assertThat(requests).hasValue(1 + minute);
        }
        accepts(TestIssuer.RSA);
    }

    @Test
    void whileTheIssuerIsDownKnownKeysHoldAndNewOnesFailClosed() {
        accepts(TestIssuer.RSA);
        status = 503;
        now = now.plus(Duration.ofHours(1));
        accepts(TestIssuer.RSA);
        for (int i = 0; i < 20; i++) {
            refuses(SECOND);
        }
        assertThat(requests).hasValue(2);
        status = 200;
        published.add(SECOND);
        refuses(SECOND);
        now = now.plus(Duration.ofMinutes(1));
        accepts(SECOND);
        assertThat(requests).hasValue(3);
    }

    @Test
    void aKeyWithTheNameOfAnotherIsNotTakenForIt() {
        accepts(TestIssuer.RSA);
        refuses(rsa(TestIssuer.RSA.getKeyID(), SECOND));
        assertThat(requests).hasValue(1);
    }

    private void accepts(RSAKey key) {
        assertThat(tokens.decode(token(key)).getSubject()).isNotEmpty();
    }

    private void refuses(RSAKey key) {
        assertThatThrownBy(() -> tokens.decode(token(key))).isInstanceOf(BadJwtException.class);
    }

    private String token(RSAKey key) {
        return TestIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()),
                TestIssuer.claims(claims -> claims.claim("scope", "system/*.rs")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))),
                key);
    }

    private TokenCheck tokens() {
        IdentitySettings settings = new IdentitySettings(
                URI.create(TestIssuer.name()),
                null,
                List.of(TestIssuer.AUDIENCE),
                URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/keys"));
        Issuer issuer = new Issuer(settings, new ObjectMapper(), clock);
        return new TokenCheck(
                new SigningKeys(issuer.keys()),
                new TokenRules(
                        issuer.name(),
                        new Audience(settings, new MockEnvironment()),
                        new Callers(FhirContext.forR4Cached()),
                        (caller, issuedAt) -> false,
                        clock));
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey rsa(String id, RSAKey key) {
        return new RSAKey.Builder(key).keyID(id).build();
    }

    private HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/keys", exchange -> {
                requests.incrementAndGet();
                byte[] body = new JWKSet(List.copyOf(published)).toString(true).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
