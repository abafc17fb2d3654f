package org.holovitals.server.fhir;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a request body may be, under {@code holovitals.limits}.
 *
 * @param body the largest body after inflation
 * @param depth how deep JSON objects and arrays may nest
 */
@Validated
@ConfigurationProperties("holovitals.limits")
record RequestLimits(
        @DefaultValue("64MB") @NotNull DataSize body,
        @DefaultValue("100") @Min(20) @Max(900) int depth) {}
