package org.holovitals.server.consent;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.holovitals.server.access.Caller;

/** To whom a grant is given. */
enum Kind {
    /** To a clinician, for some hours. */
    CLINICIAN,
    /** To a parent or carer, for as long as it is not revoked. */
    PROXY,
    /** Taken by a clinician in an emergency. */
    BREAK_GLASS;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The role of whoever receives it. */
    String role() {
        return this == PROXY ? Caller.ROLE_PATIENT : Caller.ROLE_CLINICIAN;
    }
}
