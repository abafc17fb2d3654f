package org.holovitals.keycloak.admin;

/** Keycloak does not answer now. */
public final class AdminUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    AdminUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
