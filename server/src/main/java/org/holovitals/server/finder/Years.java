package org.holovitals.server.finder;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The years that a question is about.
 *
 * @param from the first
 * @param to the last
 */
record Years(int from, int to) {
    private static final Pattern NAMED =
            Pattern.compile(" (in|during|of|from|since|after|before|until|year)?(?: the year)? ?((?:19|20)\\d\\d) ");

    private static final Pattern BETWEEN =
            Pattern.compile(" (?:between|from) ((?:19|20)\\d\\d) (?:and|to|until) ((?:19|20)\\d\\d) ");

    /** A year beside the present is the time between them. */
    private static final Pattern WITH_NOW = Pattern.compile(
            " (?:vs|versus|against|than|compared (?:to|with)|and|to) (?:now|today|currently) | (?:now|today) (?:vs|versus|against|compared) ");

    static Optional<Years> of(Words question) {
        Matcher between = BETWEEN.matcher(question.plain());
        if (between.find()) {
            return Optional.of(new Years(Integer.parseInt(between.group(1)), Integer.parseInt(between.group(2))));
        }
        Matcher named = NAMED.matcher(question.plain());
        if (!named.find()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(named.group(2));
        if (WITH_NOW.matcher(question.plain()).find()) {
            return Optional.of(new Years(year, Integer.MAX_VALUE));
        }
        return Optional.of(
                switch (named.group(1) == null ? "in" : named.group(1)) {
                    case "since", "from" -> new Years(year, Integer.MAX_VALUE);
                    case "after" -> new Years(year + 1, Integer.MAX_VALUE);
                    case "before" -> new Years(Integer.MIN_VALUE, year - 1);
                    case "until" -> new Years(Integer.MIN_VALUE, year);
                    default -> new Years(year, year);
                });
    }

    boolean has(@Nullable Instant when) {
        if (when == null) {
            return false;
        }
        int year = when.atOffset(ZoneOffset.UTC).getYear();
        return from <= year && year <= to;
    }
}
