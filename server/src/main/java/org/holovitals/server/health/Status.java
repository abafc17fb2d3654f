package org.holovitals.server.health;

import java.util.Locale;

/** How a component is; the worse the later. */
enum Status {
    /** As it ought to be. */
    HEALTHY(0),
    /** It works, but slowly, or not always. */
    DEGRADED(1),
    /** It does not work. */
    DOWN(2);

    private final int number;

    Status(int number) {
        this.number = number;
    }

    /** As a metric has it. */
    int number() {
        return number;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
