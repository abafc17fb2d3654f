package org.holovitals.server.intake;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code import_entries}.
 *
 * @param content sealed
 * @param before the version of the record's resource when it was looked at; 0 where there was none
 * @param after the version that the import wrote
 */
record Entry(
        UUID id,
        int ordinal,
        String type,
        @Nullable Finding finding,
        @Nullable String reason,
        String state,
        @Nullable String content,
        int turn,
        @Nullable String fhirId,
        long before,
        long after,
        @Nullable String provenance) {

    /** Whether it makes a resource, rather than a new version of one. */
    boolean makes() {
        return before == 0;
    }

    /** The resource that it is or was written as. */
    String reference() {
        return type + "/" + fhirId;
    }
}
