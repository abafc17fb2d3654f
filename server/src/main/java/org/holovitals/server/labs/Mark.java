package org.holovitals.server.labs;

import java.util.Locale;

/** How a report marks a value. */
enum Mark {
    /** Not at all. */
    NONE,
    /** As below its range. */
    LOW,
    /** As above. */
    HIGH,
    /** As something, without saying on which side. */
    ANY,
    /** As both. */
    UNCLEAR;

    /** What a word says that may have dust around it; with digits in it, it is no mark. */
    static Mark of(String printed) {
        if (printed.chars().anyMatch(Character::isDigit)) {
            return NONE;
        }
        return switch (printed.toLowerCase(Locale.ROOT).replaceAll("[^a-z*]", "")) {
            case "l", "ll", "low" -> LOW;
            case "h", "hh", "high" -> HIGH;
            case "*", "**", "abnormal" -> ANY;
            default -> NONE;
        };
    }

    /** What both say. */
    Mark and(Mark other) {
        if (other == NONE || other == this) {
            return this;
        } else if (this == NONE || this == ANY) {
            return other;
        }
        return other == ANY ? this : UNCLEAR;
    }

    /** Whether it says what a range says: below it -1, above it 1, else 0. */
    boolean agrees(int side) {
        return switch (this) {
            case NONE -> side == 0;
            case LOW -> side < 0;
            case HIGH -> side > 0;
            case ANY -> side != 0;
            case UNCLEAR -> false;
        };
    }
}
