package org.holovitals.server.review;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of something that was found.
 *
 * @param value where it was read wrongly; so are unit, referenceRange and code, and each is as it was read where it is null
 * @param date when it was so, where the document's date is not that
 * @param insist that it is right, whatever the gates doubt
 * @param reason why it is rejected
 */
record Choice(
        UUID id,
        Deed deed,
        @Nullable String value,
        @Nullable String unit,
        @Nullable String referenceRange,
        @Nullable String code,
        @Nullable LocalDate date,
        boolean insist,
        @Nullable String reason) {

    /** What is done. */
    enum Deed {
        /** It is as it was read. */
        CONFIRM(Status.CONFIRMED),
        /** It is something else. */
        CORRECT(Status.CORRECTED),
        /** It is not to be in the record. */
        REJECT(Status.REJECTED);

        private final Status status;

        Deed(Status status) {
            this.status = status;
        }

        Status status() {
            return status;
        }
    }

    boolean isCorrecting() {
        return value != null || unit != null || referenceRange != null || code != null;
    }
}
