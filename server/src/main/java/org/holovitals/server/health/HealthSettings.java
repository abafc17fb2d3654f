package org.holovitals.server.health;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Of the samples, under {@code holovitals.health}.
 *
 * @param interval between two
 * @param kept for how long
 * @param timeout after which a component that does not answer is down
 * @param slow after which one that answers is degraded
 */
@Validated
@ConfigurationProperties("holovitals.health")
record HealthSettings(
        @DefaultValue("1m") @NotNull Duration interval,
        @DefaultValue("30d") @NotNull Duration kept,
        @DefaultValue("5s") @NotNull Duration timeout,
        @DefaultValue("2s") @NotNull Duration slow) {}
