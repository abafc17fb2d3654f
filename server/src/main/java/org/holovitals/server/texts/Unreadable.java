package org.holovitals.server.texts;

/** A file that cannot be read, for a reason that its owner is told. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    Unreadable(Failure failure) {
        super(failure.code(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
