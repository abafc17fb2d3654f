package org.holovitals.server.costs;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a user may spend in a day, unless an administrator set another limit.
 *
 * @param dailyCost in the currency
 * @param dailyTokens read and written, also by models without a price
 * @param currency ISO 4217
 */
@Validated
@ConfigurationProperties("holovitals.costs")
record CostSettings(
        @DefaultValue("5") @NotNull @DecimalMin("0") BigDecimal dailyCost,
        @DefaultValue("5000000") @Min(0) long dailyTokens,
        @DefaultValue("USD") @Pattern(regexp = "[A-Z]{3}") String currency) {}
