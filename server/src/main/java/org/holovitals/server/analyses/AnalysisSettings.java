package org.holovitals.server.analyses;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Of the queue of analyses.
 *
 * @param workers threads of the server that work on it; none where a command beside it does
 * @param lease for how long a process that is not heard of keeps a task
 * @param attempts how often a task is tried
 * @param pause before the second attempt; later ones wait four times as long as the one before
 * @param open tasks of a user that may wait or run
 */
@Validated
@ConfigurationProperties("holovitals.analyses")
record AnalysisSettings(
        @DefaultValue("1") @Min(0) @Max(64) int workers,
        @DefaultValue("30s") @NotNull Duration lease,
        @DefaultValue("3") @Min(1) @Max(20) int attempts,
        @DefaultValue("5s") @NotNull Duration pause,
        @DefaultValue("1000") @Min(1) int open) {}
