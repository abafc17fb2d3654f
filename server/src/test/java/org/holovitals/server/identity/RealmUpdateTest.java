package org.holovitals.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Properties;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.junit.jupiter.api.Test;

/** A server with an account in a Keycloak that it did not start. */
final class RealmUpdateTest {
    private static final String NUMBER = "holovitals.migration";

    private final DevelopmentServer server = DevelopmentServer.get();
    private final URI issuer = URI.create(server.tokenEndpoint().replaceFirst("/protocol.*", ""));

    @Test
    void theRealmIsBroughtUpOnceTheServerHasStarted() throws IOException {
        RealmAccess access = RealmAccess.of(
                new RealmProperties(URI.create("https://login.example.org/realms/holovitals"), issuer, secret()));
        RealmAdmin admin = access.admin().orElseThrow();
        ObjectNode realm = (ObjectNode) admin.get("");
        String latest = realm.path("attributes").path(NUMBER).asText();
        realm.withObject("/attributes").put(NUMBER, "0");
        admin.put("", realm);

        try (RealmUpdate update = new RealmUpdate(access)) {
            update.start();

            await().atMost(Duration.ofMinutes(2)).until(() -> admin.get("")
                    .path("attributes")
                    .path(NUMBER)
                    .asText()
                    .equals(latest));
        }
        assertThat(latest).isNotEqualTo("0");
    }

    @Test
    void withoutASecretThereIsNoWay() {
        assertThat(RealmAccess.of(new RealmProperties(issuer, null, "")).admin())
                .isEmpty();
    }

    @Test
    void theSecretIsNotSentInTheClear() {
        assertThat(new RealmProperties(issuer, URI.create("http://keycloak:8180/realms/holovitals"), "s")
                        .isReachedSafely())
                .isFalse();
        assertThat(new RealmProperties(issuer, URI.create("https://keycloak/realms/holovitals"), "s").isReachedSafely())
                .isTrue();
        assertThat(new RealmProperties(issuer, null, "a secret").toString()).doesNotContain("a secret");
    }

    private String secret() throws IOException {
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(server.directory().resolve("keycloak/secrets.properties"))) {
            secrets.load(reader);
        }
        return secrets.getProperty("server");
    }
}
