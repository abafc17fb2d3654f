package org.holovitals.server.apple;

/** An export that cannot be taken; the message quotes nothing of it. */
public final class UnreadableExport extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean isTooLarge;

    private UnreadableExport(String message, boolean isTooLarge) {
        super(message);
        this.isTooLarge = isTooLarge;
    }

    static UnreadableExport tooLarge() {
        return new UnreadableExport("has readings of more devices than can be put together", true);
    }

    static UnreadableExport ofAnotherKind() {
        return new UnreadableExport("is none of Apple Health", false);
    }

    /** Whether there is too much in it, rather than something wrong with it. */
    public boolean isTooLarge() {
        return isTooLarge;
    }
}
