package org.holovitals.server.identity;

import java.util.Optional;
import org.holovitals.server.access.IdentityLink;
import org.springframework.core.env.Environment;

/** The link to the Keycloak that this server started, or to the one that is configured. */
final class KeycloakLink implements IdentityLink {
    private final Environment environment;
    private final RealmAccess realm;
    private final boolean isEmbedded;

    KeycloakLink(Environment environment, RealmAccess realm, boolean isEmbedded) {
        this.environment = environment;
        this.realm = realm;
        this.isEmbedded = isEmbedded;
    }

    @Override
    public Optional<String> clientSecret() {
        return realm.secret();
    }

    @Override
    public Optional<String> launchUrl() {
        if (isEmbedded) {
            return Optional.of(LaunchUrl.of(environment, "local.server.port"));
        }
        return Optional.ofNullable(environment.getProperty(LaunchUrl.SETTING))
                .filter(url -> !url.isBlank())
                .map(LaunchUrl::trimmed);
    }
}
