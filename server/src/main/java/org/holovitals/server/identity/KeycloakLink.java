package org.holovitals.server.identity;

import java.util.Optional;
import java.util.function.Supplier;
import org.holovitals.keycloak.launcher.KeycloakServer;
import org.holovitals.server.access.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * What is configured, under {@code holovitals.identity.client-secret} and {@code holovitals.launch.url}; else what the
 * embedded Keycloak was started with.
 */
final class KeycloakLink implements IdentityLink {
    private final Environment environment;
    private final Supplier<@Nullable EmbeddedKeycloak> embedded;

    KeycloakLink(Environment environment, Supplier<@Nullable EmbeddedKeycloak> embedded) {
        this.environment = environment;
        this.embedded = embedded;
    }

    @Override
    public Optional<String> clientSecret() {
        return configured("holovitals.identity.client-secret").or(() -> Optional.ofNullable(embedded.get())
                .flatMap(EmbeddedKeycloak::running)
                .map(KeycloakServer::serverSecret));
    }

    @Override
    public Optional<String> launchUrl() {
        return embedded.get() == null
                ? configured(LaunchUrl.SETTING).map(LaunchUrl::trimmed)
                : Optional.of(LaunchUrl.of(environment, "local.server.port"));
    }

    private Optional<String> configured(String setting) {
        return Optional.ofNullable(environment.getProperty(setting)).filter(value -> !value.isBlank());
    }
}
