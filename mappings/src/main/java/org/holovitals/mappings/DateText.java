package org.holovitals.mappings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of FHIR's date, dateTime and instant (http://hl7.org/fhir/R4/datatypes.html#dateTime). */
final class DateText {
    private static final Pattern TEXT = Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)"
            + "(?:T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?(Z|[+-]\\d\\d:\\d\\d)?)?)?)?");

    private DateText() {}

    static @Nullable PartialDate read(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            return read(text, parts);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static PartialDate read(String text, Matcher parts) {
        int year = Integer.parseInt(parts.group(1));
        if (parts.group(2) == null) {
            var from = Year.of(year);
            return days(text, Precision.YEAR, from.atDay(1), from.plusYears(1).atDay(1));
        }
        int month = Integer.parseInt(parts.group(2));
        if (parts.group(3) == null) {
            var from = YearMonth.of(year, month);
            return days(text, Precision.MONTH, from.atDay(1), from.plusMonths(1).atDay(1));
        }
        var day = LocalDate.of(year, month, Integer.parseInt(parts.group(3)));
        return parts.group(4) == null ? days(text, Precision.DAY, day, day.plusDays(1)) : time(text, day, parts);
    }

    private static PartialDate days(String text, Precision precision, LocalDate from, LocalDate until) {
        return covering(text, precision, midnight(from), midnight(until));
    }

    private static PartialDate time(String text, LocalDate day, Matcher parts) {
        String seconds = parts.group(6);
        String fraction = parts.group(7) == null ? "" : parts.group(7);
        var zone = parts.group(8) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(8));
        var minute = OffsetDateTime.of(
                        day.getYear(),
                        day.getMonthValue(),
                        day.getDayOfMonth(),
                        Integer.parseInt(parts.group(4)),
                        Integer.parseInt(parts.group(5)),
                        0,
                        0,
                        zone)
                .toInstant();
        if (seconds == null) {
            return covering(text, Precision.SECOND, minute, minute.plus(1, ChronoUnit.MINUTES));
        }
        var second = minute.plusSeconds(second(seconds));
        if (fraction.isEmpty()) {
            return covering(text, Precision.SECOND, second, second.plusSeconds(1));
        }
        var low = second.plus(micros(fraction), ChronoUnit.MICROS);
        var step = fraction.length() <= 3 ? ChronoUnit.MILLIS : ChronoUnit.MICROS;
        return covering(text, Precision.MILLISECOND, low, low.plus(1, step));
    }

    /** FHIR allows the leap second 60, which a timestamp does not know. */
    private static int second(String text) {
        int second = Integer.parseInt(text);
        if (second > 60) {
            throw new DateTimeException("no such second");
        }
        return Math.min(second, 59);
    }

    private static long micros(String fraction) {
        return Long.parseLong((fraction + "000000").substring(0, 6));
    }

    private static PartialDate covering(String text, Precision precision, Instant low, Instant end) {
        return new PartialDate(text, precision, low, end.minus(1, ChronoUnit.MICROS));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
