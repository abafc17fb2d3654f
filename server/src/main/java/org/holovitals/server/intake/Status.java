package org.holovitals.server.intake;

import java.util.Locale;

/** States of an import. */
enum Status {
    /** It could be somebody else's file: the caller has to say that it is not. */
    NEEDS_CONFIRMATION,
    /** It is somebody else's file. */
    REFUSED,
    /** It was compared with the record, of which nothing has changed. */
    PREVIEW,
    /** Some of it is written. */
    COMMITTING,
    /** All that was wanted is written. */
    COMMITTED,
    /** Some of it is taken back. */
    UNDOING,
    /** All that could be is taken back. */
    UNDONE,
    /** Nobody answered in time. */
    EXPIRED;

    /** As the table has it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
