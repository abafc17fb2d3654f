package org.holovitals.server.events;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Keycloak's events are read, under {@code holovitals.identity}.
 *
 * @param issuer the issuer, a realm of a Keycloak
 * @param clientSecret of the realm's client {@code holovitals-server}; the embedded Keycloak's is known without it
 * @param eventsInterval how often it is asked
 */
@Validated
@ConfigurationProperties("holovitals.identity")
record EventSettings(
        @NotNull URI issuer,
        @Nullable String clientSecret,
        @DefaultValue("5s") @NotNull Duration eventsInterval) {

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "EventSettings[" + issuer + ", " + eventsInterval + "]";
    }
}
