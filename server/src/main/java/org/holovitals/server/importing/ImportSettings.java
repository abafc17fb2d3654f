package org.holovitals.server.importing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the import, under {@code holovitals.import}.
 *
 * @param workers how many transactions run at a time
 * @param maxSourceSize the largest inflated document or line that is read into memory
 */
@Validated
@ConfigurationProperties("holovitals.import")
record ImportSettings(
        @DefaultValue("2") @Min(1) @Max(64) int workers,
        @DefaultValue("512MB") @NotNull DataSize maxSourceSize) {}
