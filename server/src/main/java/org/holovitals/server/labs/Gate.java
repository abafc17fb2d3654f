package org.holovitals.server.labs;

import java.util.Locale;

/** What a value has to pass before it is taken without anybody's look: each finds a way in which recognition goes wrong. */
public enum Gate {
    /** Its unit is one that this is measured in. */
    UNIT("A unit stands there in which this is measured", "No unit stands there in which this is measured"),
    /** Somebody who lives can have it: a lost point makes 34 of 3.4. */
    PLAUSIBLE("Somebody who lives can have this value", "Hardly anybody who lives has this value in this unit"),
    /** A range stands beside it, the lower end below the upper, both with a point or both without, that somebody can have. */
    RANGE("A range of reference stands beside it", "No range of reference stands beside it, or none that can be"),
    /** It is marked as low or high exactly where it is, by that range. */
    FLAG(
            "It is marked exactly where it is outside of its range",
            "It is marked where it is within its range, or not marked where it is outside, or has no range"),
    /** It has a point exactly where the range has. */
    POINT(
            "It has a decimal point exactly where its range has",
            "It has a decimal point and its range has none, or the reverse"),
    /** No other number stands in its row: it could be a former result. */
    ALONE("No other number stands in its row", "Another number stands in its row, such as a former result"),
    /** Its digits and those of the range were recognised with certainty. */
    CONFIDENCE("Its digits were recognised with certainty", "Its digits were not recognised with certainty");

    private final String passed;
    private final String failed;

    Gate(String passed, String failed) {
        this.passed = passed;
        this.failed = failed;
    }

    /** What it says of a value, in words. */
    public String words(boolean isPassed) {
        return isPassed ? passed : failed;
    }

    /** As it is kept and shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
