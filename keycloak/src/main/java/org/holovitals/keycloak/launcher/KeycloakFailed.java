package org.holovitals.keycloak.launcher;

/** Keycloak cannot be had or does not start; the message says what to do. */
public final class KeycloakFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeycloakFailed(String message) {
        super(message);
    }

    KeycloakFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
