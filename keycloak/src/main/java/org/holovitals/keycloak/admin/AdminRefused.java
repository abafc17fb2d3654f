package org.holovitals.keycloak.admin;

/** Keycloak answered, but not as asked. */
public final class AdminRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    AdminRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status of its answer. */
    public int status() {
        return status;
    }

    /** Whether the account may not do this, or is not known at all. */
    public boolean isOfTheAccount() {
        return status == 401 || status == 403;
    }
}
