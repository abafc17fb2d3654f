package org.holovitals.server.consent;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How soon whoever asks needs an answer. */
enum Urgency {
    /** Whenever it suits. */
    ROUTINE,
    /** Today. */
    URGENT,
    /** Now. */
    EMERGENCY;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Urgency of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
