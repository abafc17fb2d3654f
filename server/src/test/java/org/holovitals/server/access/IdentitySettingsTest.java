package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

final class IdentitySettingsTest {
    private static final String ISSUER = "holovitals.identity.issuer=";

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(IdentitySettings.class)
    static class Settings {}

    @Test
    void withoutAnIssuerTheStartFailsAndNamesTheSetting() {
        context.run(started -> assertThat(started)
                .getFailure()
                .rootCause()
                .hasMessageContaining("holovitals.identity")
                .hasMessageContaining("issuer")
                .hasMessageContaining("has to name the OpenID issuer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/realms/a",
                "ftp://127.0.0.1/a",
                "file:///etc/passwd",
                "http://127.0.0.1.example.org/"
            })
    void anIssuerThatAnyoneOnTheNetworkCouldPlayIsRefused(String issuer) {
        context.withPropertyValues(ISSUER + issuer)
                .run(started -> assertThat(started).getFailure().rootCause().hasMessageContaining("https"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/realms/a", "http://127.0.0.1:8081/realms/a", "http://localhost/a"})
    void anIssuerByHttpsOrOnTheMachineItselfIsTaken(String issuer) {
        context.withPropertyValues(ISSUER + issuer)
                .run(started -> assertThat(started).hasNotFailed());
    }
}
