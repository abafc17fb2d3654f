package org.holovitals.server.review;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.holovitals.server.documents.SharedDocuments.Sheet;
import org.holovitals.server.labs.ReportDate;
import org.jspecify.annotations.Nullable;

/**
 * When something was that was found, unless a person says something else.
 *
 * @param date null where nobody can tell
 * @param from who says so; null where nobody can tell
 */
record When(@Nullable LocalDate date, @Nullable From from) {
    /** Where a day begins first: somewhere on earth it is tomorrow already. */
    static final ZoneId EARLIEST_ZONE = ZoneOffset.ofHours(14);

    private static final When UNKNOWN = new When(null, null);

    /** Where a date comes from. */
    enum From {
        /** The report says when the specimen was taken. */
        COLLECTED,
        /** Whoever brought the document says of when it is. */
        DOCUMENT,
        /** The report says when it was written. */
        REPORTED;

        /** As callers see it. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The day of the specimen is that of its values, and no other day stands for it where it is printed so that it can be read in several
     * ways. A report without one is of the day that its document has, or else of the day on which it was written.
     */
    static When of(@Nullable ReportDate printed, Sheet document) {
        if (printed != null && printed.kind() == ReportDate.Kind.COLLECTED) {
            return known(printed.date(), From.COLLECTED);
        } else if (document.date() != null || printed == null) {
            return known(document.date(), From.DOCUMENT);
        }
        return known(printed.date(), From.REPORTED);
    }

    private static When known(@Nullable LocalDate date, From from) {
        return date == null ? UNKNOWN : new When(date, from);
    }
}
