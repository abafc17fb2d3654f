package org.holovitals.server.importing;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What an import did.
 *
 * @param resourcesByType stored resources by type; one that stood unchanged already counts too
 * @param imported sources that are now imported whole
 * @param alreadyImported sources that were skipped because an earlier run imported the same content
 * @param failureCount how many entries or sources were not imported
 * @param failures the first of them, in no particular order of sources
 * @param elapsed wall-clock time
 */
public record ImportReport(
        SortedMap<String, Long> resourcesByType,
        int imported,
        int alreadyImported,
        long failureCount,
        List<ImportFailure> failures,
        Duration elapsed) {

    /** All stored resources. */
    public long resources() {
        return resourcesByType.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Stored resources in a second. */
    public long resourcesPerSecond() {
        return resources() * 1000 / Math.max(1, elapsed.toMillis());
    }
}
