package org.holovitals.server.intake;

import java.util.Locale;

/** What an entry of a file is to the record. */
enum Finding {
    /** The record does not have it. */
    NEW,
    /** The record has it from an earlier import, and it has changed since. */
    CHANGED,
    /** The record has it. */
    DUPLICATE,
    /** The record says something else, which did not come by an import. */
    CONFLICT,
    /** It is not taken, whatever the caller says. */
    REFUSED;

    /** As the table has it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Finding of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
