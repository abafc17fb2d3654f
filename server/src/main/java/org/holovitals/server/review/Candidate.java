package org.holovitals.server.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.labs.ReportDate;
import org.jspecify.annotations.Nullable;

/** A row of {@code extracted_data}: what was found in a document, and what a person said of it. */
record Candidate(UUID id, UUID document, Kind kind, Found found, Ruled ruled) {

    /**
     * What stands on the page.
     *
     * @param name the usual one of what was measured; of a line of a list what the list is of
     * @param printed the name as printed, or the line, sealed or opened; so are value and range
     * @param confidence 0 to 1
     * @param box as a JSON array; null where there is none
     * @param failed codes of the gates that it did not pass
     * @param date sealed, or opened JSON of a {@link ReportDate}: what the report says of when it was; null where it says nothing
     */
    record Found(
            String name,
            String printed,
            String value,
            @Nullable String unit,
            @Nullable String range,
            @Nullable Boolean isAbnormal,
            double confidence,
            int page,
            @Nullable String box,
            List<String> failed,
            @Nullable String date) {}

    /**
     * What was said.
     *
     * @param decision sealed, or opened JSON of a {@link Ruling}; null while nobody has said anything
     * @param resource id of what stands in the record for it
     */
    record Ruled(
            Status status,
            @Nullable String decision,
            @Nullable Instant at,
            @Nullable String resource) {
        static Ruled open(boolean isSure) {
            return new Ruled(isSure ? Status.AUTO : Status.NEEDS_REVIEW, null, null, null);
        }
    }

    Status status() {
        return ruled.status();
    }

    boolean isOpen() {
        return Status.OPEN.contains(status());
    }
}
