package org.holovitals.server.analyses;

/** The task was ended, or another worker has it: what this one made of it counts for nothing. */
final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    LeaseLost() {
        super("the lease is lost", null, false, false);
    }
}
