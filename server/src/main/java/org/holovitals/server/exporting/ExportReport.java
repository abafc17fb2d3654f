package org.holovitals.server.exporting;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What an export wrote.
 *
 * @param instant every change before it is in the export; the {@code since} of the next one
 * @param resourcesByType written resources by type
 * @param elapsed wall-clock time
 */
public record ExportReport(Instant instant, SortedMap<String, Long> resourcesByType, Duration elapsed) {

    /** All written resources. */
    public long resources() {
        return resourcesByType.values().stream().mapToLong(Long::longValue).sum();
    }
}
