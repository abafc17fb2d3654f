package org.holovitals.server.exporting;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to export.
 *
 * @param directory where to; made when absent, refused when it holds an export already
 * @param types the resource types; all when empty
 * @param patients ids of patients; their compartments and what those refer to, or everything when empty
 * @param since only resources that changed at or after this; null for all
 * @param gzip whether to compress the files
 */
public record ExportRequest(
        Path directory,
        Set<String> types,
        Set<String> patients,
        @Nullable Instant since,
        boolean gzip) {}
