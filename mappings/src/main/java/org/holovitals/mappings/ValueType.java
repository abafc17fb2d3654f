package org.holovitals.mappings;

import java.util.Locale;

/** The types that FHIR allows for the value of an Observation. */
public enum ValueType {
    QUANTITY,
    CODEABLE_CONCEPT,
    STRING,
    BOOLEAN,
    INTEGER,
    RANGE,
    RATIO,
    SAMPLED_DATA,
    TIME,
    DATE_TIME,
    PERIOD;

    /** The word that stands in the column {@code value_type}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
