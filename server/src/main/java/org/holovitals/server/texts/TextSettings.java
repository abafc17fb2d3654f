package org.holovitals.server.texts;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the reading of texts, under {@code holovitals.texts}.
 *
 * @param directory where the recogniser's libraries and language are unpacked; nothing of a file lies there
 * @param memory of the process that reads a file, beside what the recogniser takes
 * @param deadline for a file
 * @param maxPages of a file
 * @param maxPixels of an image
 */
@Validated
@ConfigurationProperties("holovitals.texts")
record TextSettings(
        @NotNull Path directory,
        @DefaultValue("512MB") @NotNull DataSize memory,
        @DefaultValue("10m") @NotNull Duration deadline,
        @DefaultValue("300") @Min(1) int maxPages,
        @DefaultValue("50000000") @Min(1) long maxPixels) {

    Limits limits() {
        return new Limits(maxPages, maxPixels, deadline);
    }
}
