package org.holovitals.server.consent;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The states of a grant. */
enum Status {
    /** Asked for. */
    REQUESTED,
    /** In force until it expires or is revoked. */
    APPROVED,
    /** The patient said no. */
    DENIED,
    /** Ended by the patient, given back, or withdrawn before it was answered. */
    REVOKED,
    /** Past its end, or not answered in time. */
    EXPIRED;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
