package org.holovitals.server.importing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source, or one entry of it, that cannot be read as FHIR; its message goes into the report. */
final class BadSourceException extends IOException {
    private final @Nullable Integer entry;

    BadSourceException(String message) {
        this(null, message);
    }

    BadSourceException(@Nullable Integer entry, String message) {
        super(message);
        this.entry = entry;
    }

    @Nullable
    Integer entry() {
        return entry;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
