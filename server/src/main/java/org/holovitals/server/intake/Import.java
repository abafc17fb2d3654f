package org.holovitals.server.intake;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code imports}.
 *
 * @param record the row in patients
 * @param patient FHIR id of the same
 * @param name sealed
 * @param report sealed
 */
record Import(
        UUID id,
        UUID record,
        String patient,
        Kind kind,
        String sha256,
        long bytes,
        Status status,
        @Nullable String name,
        @Nullable String report,
        Instant expiresAt,
        Instant createdAt) {}
