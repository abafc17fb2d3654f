package org.holovitals.server.vault;

/** What should be opened was never sealed so: it was changed, cut, or stands where something else stood. */
public final class TamperedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what was found, which quotes nothing. */
    public TamperedException(String message) {
        super(message);
    }
}
