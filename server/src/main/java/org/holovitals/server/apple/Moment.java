package org.holovitals.server.apple;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time of an export, such as {@code 2023-03-25 07:30:12 -0700}, in the zone that it names.
 *
 * @param second since 1970 in UTC
 * @param offset seconds east of UTC
 */
record Moment(long second, int offset) implements Comparable<Moment> {
    private static final int LENGTH = 25;
    private static final int DAY = 86_400;
    private static final int FARTHEST_ZONE = 14 * 3600;
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

    /** Telephones that are set to twelve hours write them so. */
    private static final DateTimeFormatter TWELVE_HOURS = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("uuuu-MM-dd h:mm:ss a xx")
            .toFormatter(Locale.ROOT);

    /** Null where it is none. An export has millions of them, so the usual form is read by its places. */
    static @Nullable Moment of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Moment moment = isUsual(text) ? byPlaces(text) : twelveHours(text);
            return moment.isPossible() ? moment : null;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private boolean isPossible() {
        return Math.abs(offset) <= FARTHEST_ZONE && !day().isBefore(EARLIEST) && day().isBefore(LATEST);
    }

    private static boolean isUsual(String text) {
        return text.length() == LENGTH && text.charAt(10) == ' ' && text.charAt(13) == ':' && text.charAt(19) == ' ';
    }

    private static Moment byPlaces(String text) {
        LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        int time = number(text, 11, 13) * 3600 + number(text, 14, 16) * 60 + number(text, 17, 19);
        int zone = number(text, 21, 23) * 3600 + number(text, 23, 25) * 60;
        if (time >= DAY || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(16) != ':') {
            throw new DateTimeException("is no time of day");
        }
        int offset = sign(text.charAt(20)) * zone;
        return new Moment(
                day.toEpochDay() * DAY
                        + time
                        - ZoneOffset.ofTotalSeconds(offset).getTotalSeconds(),
                offset);
    }

    private static int sign(char sign) {
        return switch (sign) {
            case '+' -> 1;
            case '-' -> -1;
            default -> throw new DateTimeException("has no zone");
        };
    }

    private static int number(String text, int from, int to) {
        return Integer.parseUnsignedInt(text, from, to, 10);
    }

    private static Moment twelveHours(String text) {
        // Some write a narrow space before the half of the day.
        OffsetDateTime time = OffsetDateTime.parse(text.replace('\u202f', ' '), TWELVE_HOURS);
        return new Moment(time.toEpochSecond(), time.getOffset().getTotalSeconds());
    }

    /** The day where it was. */
    LocalDate day() {
        return LocalDate.ofEpochDay(Math.floorDiv(second + offset, DAY));
    }

    /** As FHIR has it. */
    String text() {
        ZoneOffset zone = ZoneOffset.ofTotalSeconds(offset);
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                java.time.Instant.ofEpochSecond(second).atOffset(zone));
    }

    @Override
    public int compareTo(Moment other) {
        return Long.compare(second, other.second);
    }
}
