package org.holovitals.server.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Reads what routes of the log are asked with: times, and how many rows. */
final class LogQuery {
    private static final int PAGE = 50;
    private static final int MOST = 200;

    private final Map<String, String> parameters;

    private LogQuery(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Of names and values, one after the other; a value that is null or blank counts as absent. */
    static LogQuery of(@Nullable String... pairs) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String value = pairs[i + 1];
            if (value != null && !value.isBlank()) {
                given.put(Objects.requireNonNull(pairs[i]), value);
            }
        }
        return new LogQuery(given);
    }

    /** That of which a page was the answer. */
    static LogQuery of(Cursors.Content cursor) {
        Map<String, String> given = new TreeMap<>();
        cursor.parameters().forEach((name, values) -> given.put(name, values.get(0)));
        return new LogQuery(given);
    }

    /** What leads to the page that begins at a position. */
    Cursors.Content from(String route, Position position) {
        Map<String, List<String>> sealed = new TreeMap<>();
        parameters.forEach((name, value) -> sealed.put(name, List.of(value)));
        return new Cursors.Content(route, sealed, position);
    }

    /** The value of a parameter; none when it is absent. */
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** A time such as 2026-11-28T10:00:00Z, or the beginning of a day (UTC). */
    Optional<Instant> from() {
        return text("from").map(value -> instant("from", value, 0));
    }

    /** A time, itself not included, or the end of a day (UTC). */
    Optional<Instant> to() {
        return text("to").map(value -> instant("to", value, 1));
    }

    int count() {
        return text("count").map(LogQuery::count).orElse(PAGE);
    }

    private static int count(String value) {
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a positive number");
        }
        return Math.min(Integer.parseInt(value), MOST);
    }

    private static Instant instant(String name, String value, int daysLater) {
        try {
            return value.length() == "2026-11-28".length()
                    ? LocalDate.parse(value)
                            .plusDays(daysLater)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST,
                    name + " has to be a day such as 2026-11-28 or a time such as 2026-11-28T10:00:00Z");
        }
    }
}
