package org.holovitals.server.chat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a message has to do with an analysis.
 *
 * @param task the analysis that it was turned into, or whose end it tells of
 * @param status of the analysis
 * @param isEnd whether it tells of the end
 * @param label what kind of answer the end is; null where there is none
 */
record Escalated(
        UUID message,
        UUID task,
        String status,
        boolean isEnd,
        @Nullable String label) {}
