package org.holovitals.server.chat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code chat_messages}.
 *
 * @param role {@code user} or {@code assistant}
 * @param content sealed
 * @param citations sealed; null where there are none
 * @param kind how the finder's answer ended; null of a question
 */
record Message(
        UUID id,
        String role,
        String content,
        Instant timestamp,
        @Nullable BigDecimal confidence,
        boolean needsEscalation,
        @Nullable String escalationReason,
        @Nullable String citations,
        String status,
        @Nullable String model,
        @Nullable String kind) {}
