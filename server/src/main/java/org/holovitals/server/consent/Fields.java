package org.holovitals.server.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Checks the fields of a body, in which anything may be missing or wrong; the problem names the field. */
final class Fields {
    static final int LONGEST_REASON = 1000;
    private static final int LONGEST = 255;

    private Fields() {}

    static Problem wrong(String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail);
    }

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw wrong(field + " is missing");
        }
        return value;
    }

    static String text(String field, @Nullable String value) {
        return required(field, optional(field, value, 1, LONGEST));
    }

    static String reason(String field, @Nullable String value, int shortest) {
        return required(field, optional(field, value, shortest, LONGEST_REASON));
    }

    static @Nullable String optionalReason(String field, @Nullable String value) {
        return optional(field, value, 1, LONGEST_REASON);
    }

    private static @Nullable String optional(String field, @Nullable String value, int shortest, int longest) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        boolean isClean = text.chars().noneMatch(sign -> Character.isISOControl(sign) && sign != '\n');
        if (text.length() < shortest || text.length() > longest || !isClean) {
            throw wrong(field + " has to be text of " + shortest + " to " + longest + " characters");
        }
        return text;
    }

    static int number(String field, @Nullable Integer value, int most) {
        int hours = required(field, value);
        if (hours < 1 || hours > most) {
            throw wrong(field + " has to be a number from 1 to " + most);
        }
        return hours;
    }

    /** One of the words that name the values. */
    static <E extends Enum<E>> E word(String field, @Nullable String value, Class<E> type) {
        String given = required(field, value);
        E[] values = type.getEnumConstants();
        return Arrays.stream(values)
                .filter(each -> spelled(each).equals(given))
                .findFirst()
                .orElseThrow(() -> wrong(field + " has to be one of "
                        + Arrays.stream(values).map(Fields::spelled).collect(Collectors.joining(", "))));
    }

    private static String spelled(Enum<?> value) {
        return value instanceof Kind kind ? kind.text() : value.name().toLowerCase(java.util.Locale.ROOT);
    }

    static UUID uuid(String field, String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw wrong(field + " has to be a UUID");
        }
    }

    /** A whole day, such as 1990-01-31. */
    static String day(String field, @Nullable String value) {
        try {
            return LocalDate.parse(required(field, value)).toString();
        } catch (DateTimeParseException e) {
            throw wrong(field + " has to be a date such as 1990-01-31");
        }
    }

    /** A time with its zone that is still to come, as exact as it is stored. */
    static @Nullable Instant future(String field, @Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!time.isAfter(now)) {
                throw wrong(field + " has to be in the future");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw wrong(field + " has to be a time with its zone, such as 2027-01-31T12:00:00Z");
        }
    }
}
