package org.holovitals.server.instances;

/** A provider did not do what it was asked to. The message names no credentials. */
final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    ProviderException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What is known of it. */
    enum Kind {
        /** Nothing was started: there is no more to be had now. */
        QUOTA,
        /** Nothing was started: this server may not. */
        UNAUTHORISED,
        /** Nothing was started: the order is not one that the provider takes. */
        REFUSED,
        /** There was no answer, so nobody knows. */
        UNANSWERED
    }

    Kind kind() {
        return kind;
    }
}
