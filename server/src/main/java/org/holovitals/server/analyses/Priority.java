package org.holovitals.server.analyses;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How soon an analysis ought to be done. */
public enum Priority {
    /** Within five minutes. */
    URGENT(1, 5),
    /** Within a quarter of an hour. */
    HIGH(2, 15),
    /** Within half an hour. */
    NORMAL(3, 30),
    /** Within an hour. */
    LOW(4, 60);

    private final int number;
    private final Duration target;

    Priority(int number, int minutes) {
        this.number = number;
        this.target = Duration.ofMinutes(minutes);
    }

    /** In how long it ought to be done. */
    Duration target() {
        return target;
    }

    /** As in the column, 1 for the most urgent. */
    int number() {
        return number;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Priority of(int number) {
        return values()[number - 1];
    }

    static Optional<Priority> of(String text) {
        return Stream.of(values())
                .filter(priority -> priority.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
