package org.holovitals.server.analyses;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended.
 *
 * @param reason why there is no result, in words without health information; empty where there is one
 * @param report null where there is none
 */
public record TaskEnd(
        UUID task,
        Status status,
        String reason,
        String model,
        @Nullable Report report) {

    /**
     * A result whose sources were read again.
     *
     * @param label what kind of answer it is
     * @param lines none where the record says nothing to the question
     */
    public record Report(String label, List<Line> lines) {}

    /**
     * A statement.
     *
     * @param isStated whether all of its sources stand in the record as they were read, and say every number in it
     */
    public record Line(String text, boolean isStated, List<Cited> sources) {}

    /**
     * What a statement rests on.
     *
     * @param value what the resource says, in the words in which it was read
     * @param isVerified whether it was read there again, in this very version, for whoever asked
     */
    public record Cited(String type, String id, long version, String value, boolean isVerified) {}
}
