package org.holovitals.mappings;

import java.util.Locale;

/** How exact FHIR's text of a date is. */
public enum Precision {
    YEAR,
    MONTH,
    DAY,
    SECOND,
    MILLISECOND,
    INSTANT,
    PERIOD;

    /** The name in the database. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
