package org.holovitals.server.notifications;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code notifications} as JSON, for the user who was told. */
record Told(
        UUID id,
        String type,
        String message,
        boolean requiresAction,
        boolean read,
        @Nullable String link,
        Instant createdAt) {}
