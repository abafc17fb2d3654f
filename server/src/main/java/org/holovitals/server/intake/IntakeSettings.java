package org.holovitals.server.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of what patients import, under {@code holovitals.intake}.
 *
 * @param directory where files lie, encrypted, while they are read
 * @param maxSize bytes of a file as it comes, at the most
 * @param maxInflated bytes of a file once it is inflated, at the most
 * @param maxHealthExport bytes of an export of Apple Health, as it comes and inflated, at the most
 * @param maxResources resources of a file, at the most
 * @param lifetime after which what is not committed is dropped
 * @param open imports of one record that may wait for an answer at a time
 * @param readers files that are read at a time
 * @param chunk resources that are written in one transaction, about
 * @param healthCardIssuers a file of JSON with the JWK set of each issuer whose cards are taken, by its address; none unless set
 * @param step how long a request goes on with writing before it answers that there is more
 */
@Validated
@ConfigurationProperties("holovitals.intake")
record IntakeSettings(
        @NotNull Path directory,
        @DefaultValue("64MB") @NotNull DataSize maxSize,
        @DefaultValue("64MB") @NotNull DataSize maxInflated,
        @DefaultValue("4GB") @NotNull DataSize maxHealthExport,
        @DefaultValue("20000") @Min(1) int maxResources,
        @DefaultValue("24h") @NotNull Duration lifetime,
        @DefaultValue("20") @Min(1) int open,
        @DefaultValue("2") @Min(1) int readers,
        @DefaultValue("100") @Min(1) @Max(1000) int chunk,
        @Nullable Path healthCardIssuers,
        @DefaultValue("20s") @NotNull Duration step) {}
