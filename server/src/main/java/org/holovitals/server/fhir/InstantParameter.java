package org.holovitals.server.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads parameters of the type {@code instant} (http://hl7.org/fhir/R4/datatypes.html#instant). */
public final class InstantParameter {
    private InstantParameter() {}

    /** Throws what becomes a 400 that names the parameter. */
    public static Instant read(String name, String text) {
        try {
            // A plus sign in a URL is a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidRequestException(name + " takes an instant such as 2026-01-01T00:00:00Z");
        }
    }
}
