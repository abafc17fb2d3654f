package org.holovitals.server.alerts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is suspicious, under {@code holovitals.alerts}.
 *
 * @param zone in which it is night
 * @param interval how often the audit log is looked at
 */
@Validated
@ConfigurationProperties("holovitals.alerts")
record AlertSettings(
        @DefaultValue("UTC") @NotNull ZoneId zone,
        @DefaultValue("2s") @NotNull Duration interval,
        @DefaultValue @NotNull @Valid Rapid rapid,
        @DefaultValue @NotNull @Valid Addresses addresses,
        @DefaultValue @NotNull @Valid Night night,
        @DefaultValue @NotNull @Valid Refusals refusals) {

    /**
     * A clinician goes through records.
     *
     * @param actions more than these within the window
     * @param patients on at least so many different patients
     */
    record Rapid(
            @DefaultValue("20") @Min(1) int actions,
            @DefaultValue("2") @Min(1) int patients,
            @DefaultValue("5m") @NotNull Duration window) {}

    /**
     * A user is at many places.
     *
     * @param most more different addresses than these within the window
     */
    record Addresses(
            @DefaultValue("3") @Min(1) int most,
            @DefaultValue("1h") @NotNull Duration window) {}

    /**
     * Somebody looks at another's record at night.
     *
     * @param from hour of the day in which it begins
     * @param until hour of the day before which it ends
     */
    record Night(
            @DefaultValue("2") @Min(0) @Max(23) int from,
            @DefaultValue("5") @Min(0) @Max(23) int until) {}

    /**
     * Somebody tries doors.
     *
     * @param least this many refused tries within the window
     */
    record Refusals(
            @DefaultValue("10") @Min(1) int least,
            @DefaultValue("5m") @NotNull Duration window) {}
}
