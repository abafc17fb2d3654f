package org.holovitals.mappings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a row comes from: the resource, its version and the patient it is about.
 *
 * @param fhirId the resource's id, empty for a resource that was never stored
 * @param patientId the id part of {@code Patient/{id}}; null when the resource names no patient of this server
 * @param version 0 when the resource states none
 */
public record Origin(
        String fhirId,
        @Nullable String patientId,
        long version,
        @Nullable Instant lastUpdated) {}
