package org.holovitals.server.documents;

import java.util.Locale;

/** How far the reading of a document's text is. */
enum DocumentStatus {
    /** Nobody has begun. */
    PENDING,
    /** It is looked through for what is harmful. */
    SCANNING,
    /** A worker reads it. */
    PROCESSING,
    /** Somebody has to look at what was read. */
    REVIEW,
    /** All of it is read. */
    COMPLETE,
    /** It cannot be read; the failure says why. */
    FAILED;

    /** As it stands in the table. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DocumentStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
