package org.holovitals.server.labs;

import java.util.Locale;

/** What a value has to pass before it is taken without anybody's look: each finds a way in which recognition goes wrong. */
public enum Gate {
    /** Its unit is one that this is measured in. */
    UNIT,
    /** Somebody who lives can have it: a lost point makes 34 of 3.4. */
    PLAUSIBLE,
    /** A range stands beside it, the lower end below the upper. */
    RANGE,
    /** It is marked as low or high exactly where it is, by that range. */
    FLAG,
    /** It has a point where the range has. */
    POINT,
    /** Its digits and those of the range were recognised with certainty. */
    CONFIDENCE;

    /** As it is kept and shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
