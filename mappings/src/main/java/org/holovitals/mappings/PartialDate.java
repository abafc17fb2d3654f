package org.holovitals.mappings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR date, dateTime, instant or Period with the text FHIR gave it and the first and last instant it covers.
 * A Period is written {@code start/end} with {@code ..} for an open side, whose bound is null.
 */
public record PartialDate(
        String text,
        Precision precision,
        @Nullable Instant low,
        @Nullable Instant high) {

    private static final String OPEN = "..";
    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9})\\d*)?)?(Z|[+-]\\d\\d:\\d\\d)?");

    /** Reads a date, dateTime or period text; null where it names no real date. */
    public static @Nullable PartialDate parse(String text) {
        try {
            int slash = text.indexOf('/');
            return slash < 0 ? point(text) : period(text.substring(0, slash), text.substring(slash + 1));
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    static @Nullable PartialDate instant(String text) {
        PartialDate point = parse(text);
        return point == null ? null : new PartialDate(text, Precision.INSTANT, point.low, point.high);
    }

    static String periodText(@Nullable String start, @Nullable String end) {
        return (start == null ? OPEN : start) + "/" + (end == null ? OPEN : end);
    }

    @Nullable
    String start() {
        return side(text.substring(0, text.indexOf('/')));
    }

    @Nullable
    String end() {
        return side(text.substring(text.indexOf('/') + 1));
    }

    private static @Nullable String side(String side) {
        return side.equals(OPEN) ? null : side;
    }

    private static @Nullable PartialDate period(String start, String end) {
        PartialDate first = start.equals(OPEN) ? null : point(start);
        PartialDate last = end.equals(OPEN) ? null : point(end);
        boolean unreadable = (first == null && !start.equals(OPEN)) || (last == null && !end.equals(OPEN));
        if (unreadable || (first == null && last == null)) {
            return null;
        }
        Instant low = first == null ? null : first.low;
        Instant high = last == null ? null : last.high;
        return new PartialDate(start + "/" + end, Precision.PERIOD, low, high);
    }

    private static @Nullable PartialDate point(String text) {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return day(text, date.group(1), date.group(2), date.group(3));
        }
        Matcher time = TIME.matcher(text);
        return time.matches() ? time(text, time) : null;
    }

    private static PartialDate day(String text, String year, @Nullable String month, @Nullable String day) {
        LocalDate first =
                LocalDate.parse(year + "-" + (month == null ? "01" : month) + "-" + (day == null ? "01" : day));
        Precision precision = month == null ? Precision.YEAR : day == null ? Precision.MONTH : Precision.DAY;
        Period length = month == null ? Period.ofYears(1) : day == null ? Period.ofMonths(1) : Period.ofDays(1);
        Instant low = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant next = first.plus(length).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new PartialDate(text, precision, low, next.minus(1, ChronoUnit.MICROS));
    }

    private static PartialDate time(String text, Matcher parts) {
        @Nullable String second = parts.group(3);
        @Nullable String fraction = parts.group(4);
        @Nullable String zone = parts.group(5);
        // java.time knows no leap second; its bounds are those of the second before.
        String wholeSecond = second == null ? "00" : second.equals("60") ? "59" : second;
        String iso = parts.group(1) + "T" + parts.group(2) + ":" + wholeSecond
                + (fraction == null ? "" : "." + fraction) + (zone == null ? "Z" : zone);
        Instant low = OffsetDateTime.parse(iso).toInstant().truncatedTo(ChronoUnit.MICROS);
        Instant high = low.plus(micros(second, fraction) - 1, ChronoUnit.MICROS);
        return new PartialDate(text, fraction == null ? Precision.SECOND : Precision.MILLISECOND, low, high);
    }

    private static long micros(@Nullable String second, @Nullable String fraction) {
        long unit = second == null ? 60_000_000 : 1_000_000;
        int digits = fraction == null ? 0 : fraction.length();
        for (int i = 0; i < digits && unit > 1; i++) {
            unit /= 10;
        }
        return unit;
    }
}
