package org.holovitals.server.events;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Keycloak's events are read, under {@code holovitals.identity}.
 *
 * @param eventsInterval how often it is asked
 */
@Validated
@ConfigurationProperties("holovitals.identity")
record EventSettings(@DefaultValue("5s") @NotNull Duration eventsInterval) {}
