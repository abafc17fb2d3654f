package org.holovitals.mappings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The resource version a row stands for. {@code fhirId} is empty and {@code version} 0 while the resource is not
 * stored; {@code patientId} is the id part of a local {@code Patient/{id}}.
 */
public record Origin(
        String fhirId,
        @Nullable String patientId,
        long version,
        @Nullable Instant lastUpdated) {}
