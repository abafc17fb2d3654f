package org.holovitals.server.review;

import java.util.Locale;

/** What was found, and what becomes of it in the record. */
enum Kind {
    /** A laboratory's value. */
    LAB("Observation"),
    /** A line of a list of medications. */
    MEDICATION("MedicationStatement"),
    /** A line of a list of allergies. */
    ALLERGY("AllergyIntolerance");

    private final String type;

    Kind(String type) {
        this.type = type;
    }

    /** The type of the resource. */
    String type() {
        return type;
    }

    /** As it is kept and shown. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
