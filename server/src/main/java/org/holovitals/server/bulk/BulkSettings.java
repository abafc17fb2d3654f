package org.holovitals.server.bulk;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.holovitals.server.exporting.PagedFiles;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of bulk jobs, under {@code holovitals.export}.
 *
 * @param directory where their files lie; servers on one database share it
 * @param lifetime after which files and status of an ended job are gone
 * @param workers how many jobs a server works on at a time
 * @param queue how many may wait, of all servers together
 * @param fileResources lines of a file at the most
 * @param fileSize bytes of a file, about
 * @param minFree bytes that stay free on the disk
 */
@Validated
@ConfigurationProperties("holovitals.export")
record BulkSettings(
        @NotNull Path directory,
        @DefaultValue("24h") @NotNull Duration lifetime,
        @DefaultValue("2") @Min(1) int workers,
        @DefaultValue("20") @Min(0) int queue,
        @DefaultValue("100000") @Min(1) long fileResources,
        @DefaultValue("200MB") @NotNull DataSize fileSize,
        @DefaultValue("1GB") @NotNull DataSize minFree) {

    PagedFiles.Limits file() {
        return new PagedFiles.Limits(fileResources, fileSize.toBytes());
    }

    /** Jobs that wait or run, at the most. */
    int open() {
        return workers + queue;
    }
}
