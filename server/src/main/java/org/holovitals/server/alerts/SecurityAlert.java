package org.holovitals.server.alerts;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to look at, as it is listed.
 *
 * @param action what happened, such as {@code rapid-access}
 * @param occurrences how often it happened, or how many things the rule counted
 * @param acknowledgement what whoever acknowledged it wrote
 */
record SecurityAlert(
        UUID id,
        String action,
        String severity,
        Subject who,
        Map<String, Object> details,
        int occurrences,
        @Nullable Instant firstSeen,
        @Nullable Instant lastSeen,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgement) {

    /**
     * Whom it is about.
     *
     * @param user the row in users; null for an app without a user, which stands in the details
     */
    record Subject(
            @Nullable UUID user,
            @Nullable String name,
            @Nullable String fhirUser) {}
}
