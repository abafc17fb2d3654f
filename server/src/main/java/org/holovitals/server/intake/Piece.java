package org.holovitals.server.intake;

import org.jspecify.annotations.Nullable;

/**
 * A resource as it stands in a file, or why it cannot be read.
 *
 * @param type its resource type; {@code Resource} where that cannot be told
 * @param fullUrl its address in the file
 * @param json in R4; null when it cannot be read
 * @param refusal why it cannot be read, in words that quote nothing
 */
record Piece(
        String type,
        @Nullable String fullUrl,
        @Nullable String json,
        @Nullable String refusal) {

    static Piece refused(String reason) {
        return new Piece("Resource", null, null, reason);
    }

    boolean isRefused() {
        return json == null;
    }
}
