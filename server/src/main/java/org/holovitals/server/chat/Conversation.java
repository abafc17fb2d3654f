package org.holovitals.server.chat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code chat_conversations}.
 *
 * @param record the row in patients; null when the record is gone
 * @param patient its FHIR id; null likewise
 * @param title sealed
 */
record Conversation(
        UUID id,
        @Nullable UUID record,
        @Nullable String patient,
        @Nullable String title,
        Instant startedAt,
        @Nullable Instant lastMessageAt) {}
