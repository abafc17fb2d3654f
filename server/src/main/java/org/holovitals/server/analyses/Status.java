package org.holovitals.server.analyses;

import java.util.Locale;

/** How far an analysis is. */
public enum Status {
    /** It waits. */
    QUEUED,
    /** A worker has it. */
    PROCESSING,
    /** There is a result. */
    COMPLETED,
    /** It ended without one, and will again. */
    FAILED,
    /** Its user ended it. */
    CANCELLED,
    /** It was tried as often as may be. */
    DEAD;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    boolean isEnd() {
        return this != QUEUED && this != PROCESSING;
    }
}
