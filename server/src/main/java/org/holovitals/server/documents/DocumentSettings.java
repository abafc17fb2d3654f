package org.holovitals.server.documents;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of documents, under {@code holovitals.documents}.
 *
 * @param directory where the sealed files lie; servers on one database share it
 * @param maxSize the largest file that is taken
 * @param readers how many documents a server reads the text of at a time; none where others do
 * @param readInterval how often a reader that has nothing to do looks for documents
 * @param sweepInterval how often files without a document are looked for
 * @param sweepAge how old such a file has to be: one that is being uploaded has no document yet
 */
@Validated
@ConfigurationProperties("holovitals.documents")
record DocumentSettings(
        @NotNull Path directory,
        @DefaultValue("50MB") @NotNull DataSize maxSize,
        @DefaultValue("1") @Min(0) int readers,
        @DefaultValue("2s") @NotNull Duration readInterval,
        @DefaultValue("24h") @NotNull Duration sweepInterval,
        @DefaultValue("24h") @NotNull Duration sweepAge) {}
