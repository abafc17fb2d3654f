package org.holovitals.server.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a person said of something that was found.
 *
 * @param value as it went into the record; null for what was rejected
 * @param unit as it went into the record
 * @param referenceRange as it went into the record
 * @param code of LOINC
 * @param date when it was so
 * @param reason why it was rejected
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Ruling(
        @Nullable String value,
        @Nullable String unit,
        @Nullable String referenceRange,
        @Nullable String code,
        @Nullable LocalDate date,
        @Nullable String reason) {
    static Ruling rejected(String reason) {
        return new Ruling(null, null, null, null, null, reason);
    }
}
