package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issuer whose name leads clients to a proxy, while this server reaches it behind. */
final class ProxiedIssuerTest {
    private static final String NAME = "https://login.example.org/realms/holovitals";

    private HttpServer behind;

    @BeforeEach
    void start() throws IOException {
        behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/realms/holovitals/.well-known/openid-configuration", """
                {"issuer":"%1$s","jwks_uri":"%1$s/certs","token_endpoint":"%1$s/token",
                 "introspection_endpoint":"%1$s/introspect","end_session_endpoint":"https://elsewhere.example.org/end"}
                """.formatted(NAME));
        serve("/realms/holovitals/certs", new JWKSet(TestIssuer.RSA).toString(true));
        behind.start();
    }

    @AfterEach
    void stop() {
        behind.stop(0);
    }

    @Test
    void keysAreReadBehindTheProxyAndClientsAreSentToItsName() {
        String address = "http://127.0.0.1:" + behind.getAddress().getPort() + "/realms/holovitals";
        Issuer issuer = new Issuer(
                new IdentitySettings(URI.create(NAME), URI.create(address), List.of(), null),
                new ObjectMapper(),
                Clock.systemUTC());
        assertThat(issuer.name()).isEqualTo(NAME);
        assertThat(issuer.keys().get().orElseThrow().getKeyByKeyId(TestIssuer.RSA.getKeyID()))
                .isNotNull();
        assertThat(issuer.endpoint("token_endpoint")).hasValue(NAME + "/token");
        assertThat(issuer.reached("introspection_endpoint")).hasValue(URI.create(address + "/introspect"));
        assertThat(issuer.reached("end_session_endpoint")).hasValue(URI.create("https://elsewhere.example.org/end"));
    }

    private void serve(String path, String text) {
        behind.createContext(path, exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
