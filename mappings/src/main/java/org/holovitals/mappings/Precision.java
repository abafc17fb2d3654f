package org.holovitals.mappings;

import java.util.Locale;

/** How exactly a {@link PartialDate} is known. */
public enum Precision {
    YEAR,
    MONTH,
    DAY,
    SECOND,
    MILLISECOND,
    /** FHIR's type {@code instant}, which differs from a dateTime of the same digits. */
    INSTANT,
    /** A start and an end, each with a precision of its own. */
    PERIOD;

    /** The word that stands in the {@code _precision} columns. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
