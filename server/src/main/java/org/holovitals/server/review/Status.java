package org.holovitals.server.review;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What has been said of something that was found. */
enum Status {
    /** Nobody has looked; it passed every gate. */
    AUTO,
    /** Nobody has looked, and somebody should. */
    NEEDS_REVIEW,
    /** It is in the document as it was read, and so in the record. */
    CONFIRMED,
    /** It was read wrongly; what somebody typed is in the record. */
    CORRECTED,
    /** It does not belong into the record. */
    REJECTED;

    /** Those of which nobody has said anything. */
    static final Set<Status> OPEN = Set.copyOf(EnumSet.of(AUTO, NEEDS_REVIEW));

    /** As it is kept and shown. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
