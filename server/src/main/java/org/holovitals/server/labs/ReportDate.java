package org.holovitals.server.labs;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A date that a report says of itself; at which hour and in which zone is not known.
 *
 * @param date null where what is printed can be read in several ways, or was not recognised with certainty
 * @param printed as printed
 * @param page from 1, on which it stands
 */
public record ReportDate(Kind kind, @Nullable LocalDate date, String printed, int page) {

    /** What happened then. */
    public enum Kind {
        /** The specimen was taken. */
        COLLECTED,
        /** The report was written. */
        REPORTED
    }
}
