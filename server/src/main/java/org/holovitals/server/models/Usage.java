package org.holovitals.server.models;

/**
 * Tokens of a call.
 *
 * @param isEstimated whether the provider told none, so that they were counted here
 */
public record Usage(long inputTokens, long outputTokens, boolean isEstimated) {
    /** Of a call that came to nothing. */
    public static final Usage NONE = new Usage(0, 0, false);

    /** Both. */
    public long total() {
        return inputTokens + outputTokens;
    }
}
