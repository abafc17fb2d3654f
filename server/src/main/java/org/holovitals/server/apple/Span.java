package org.holovitals.server.apple;

import java.time.LocalDate;

/** Over how long the readings of a device are put together once they are too many. */
enum Span {
    /** A few of a day are kept one by one. */
    READING("day"),
    DAY("day"),
    MONTH("month"),
    YEAR("year");

    private final String word;

    Span(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** The next longer one; the longest has none but itself. */
    Span longer() {
        return switch (this) {
            case READING -> DAY;
            case DAY -> MONTH;
            case MONTH, YEAR -> YEAR;
        };
    }

    /** The first day of the one in which a day is. */
    LocalDate of(LocalDate day) {
        return switch (this) {
            case READING, DAY -> day;
            case MONTH -> day.withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }
}
