package org.holovitals.server.vault;

/** The key of the patient was destroyed: nothing of theirs is opened or sealed any more. */
public final class ShreddedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ShreddedException() {
        super("The key was shredded");
    }
}
