package org.holovitals.mappings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A date as exact as FHIR states it.
 *
 * @param text FHIR's own text ({@code 2019-05}); for a period the ISO 8601-2 interval {@code start/end}, an open side being {@code ..}
 * @param low the first instant covered, null where a period is open; a text without a zone is read in UTC
 * @param high the last instant covered, inclusive, to the microsecond
 */
public record PartialDate(
        String text,
        Precision precision,
        @Nullable Instant low,
        @Nullable Instant high) {
    static final String OPEN = "..";

    /** Reads a FHIR date, dateTime or interval; null when the text is none of them. */
    public static @Nullable PartialDate parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? moment(text) : period(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Reads a FHIR instant; null when the text is none. */
    public static @Nullable PartialDate instant(String text) {
        var moment = moment(text);
        return moment == null ? null : new PartialDate(text, Precision.INSTANT, moment.low, moment.high);
    }

    static @Nullable PartialDate period(String start, String end) {
        var from = moment(start);
        var to = moment(end);
        boolean legal = (from != null || start.equals(OPEN)) && (to != null || end.equals(OPEN));
        if (!legal || (from == null && to == null)) {
            return null;
        }
        return new PartialDate(
                start + "/" + end, Precision.PERIOD, from == null ? null : from.low, to == null ? null : to.high);
    }

    boolean isPeriod() {
        return precision == Precision.PERIOD;
    }

    /** The start of a period, or null where it is open. */
    @Nullable
    String start() {
        return side(text.substring(0, text.indexOf('/')));
    }

    /** The end of a period, or null where it is open. */
    @Nullable
    String end() {
        return side(text.substring(text.indexOf('/') + 1));
    }

    private static @Nullable String side(String text) {
        return text.equals(OPEN) ? null : text;
    }

    private static @Nullable PartialDate moment(String text) {
        return DateText.read(text);
    }
}
