package org.holovitals.server.chat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.finder.Finding.Looked;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code chat_messages}.
 *
 * @param role {@code user} or {@code assistant}
 * @param content sealed
 * @param citations sealed; null where there are none
 * @param kind how the answer ended; null of a question
 * @param remarks beside it
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
        @Nullable String kind,
        Remarks remarks) {
    /** Of an answer by a model. */
    static final String GENERATED = "generated";

    /**
     * What is kept beside an answer.
     *
     * @param note why a model did not answer, as a word; null where none was asked for or it did
     * @param unverified lines that are not checked
     * @param looked where nothing was found that the answer says is not there
     */
    record Remarks(@Nullable String note, List<Integer> unverified, List<Looked> looked) {
        static final Remarks NONE = new Remarks(null, List.of(), List.of());
    }
}
