package org.holovitals.server.models;

import java.time.Duration;

/** How a call of a model ended. */
public sealed interface Reply {
    /** How often it was sent. */
    int attempts();

    /**
     * The model wrote something, which is to be paid.
     *
     * @param finish whether that is all that it meant to write
     * @param first from the call to the first piece of text
     * @param time from the call to the end
     */
    record Answered(String text, Finish finish, Usage usage, int attempts, Duration first, Duration time)
            implements Reply {}

    /** Nothing was written, so there is nothing to pay. */
    record Failed(Failure failure, int attempts, Duration time) implements Reply {}

    /** Whether an answer is whole. */
    enum Finish {
        /** The model said that it is done. */
        COMPLETE,
        /** It was cut: by the network, the deadline, a limit of tokens or a filter. */
        INCOMPLETE
    }

    /** Why there is no answer. */
    enum Failure {
        /** As many calls as are permitted are under way. */
        BUSY,
        /** The provider asks for patience, for longer than there is time. */
        RATE_LIMITED,
        /** The provider does not take the request: the key, the model's name or the length. */
        REFUSED,
        /** The provider has an error of its own. */
        PROVIDER_ERROR,
        /** There is no connection. */
        UNREACHABLE,
        /** Nothing came in time. */
        TIMEOUT,
        /** What came is not understood. */
        MALFORMED,
        /** It was held back here, before anything left. */
        WITHHELD,
        /** The user may not spend as much today. */
        QUOTA,
        /** The model's window does not hold it. */
        TOO_LONG
    }
}
