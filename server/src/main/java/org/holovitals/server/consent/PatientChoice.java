package org.holovitals.server.consent;

import org.jspecify.annotations.Nullable;

/**
 * How a body names a patient: by FHIR id, or by an identifier together with the birth date.
 *
 * @param id FHIR id
 * @param birthDate the whole day
 */
record PatientChoice(
        @Nullable String id,
        @Nullable Identifier identifier,
        @Nullable String birthDate) {

    /** Such as the number of a medical record. */
    record Identifier(@Nullable String system, @Nullable String value) {}
}
