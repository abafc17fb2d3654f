package org.holovitals.server.events;

import java.util.Locale;

/** Keycloak keeps two lists of events. */
enum EventStream {
    /** What users and apps do. */
    USER("events"),
    /** What administrators do. */
    ADMIN("admin-events");

    private final String path;

    EventStream(String path) {
        this.path = path;
    }

    /** Below the realm in the admin API. */
    String path() {
        return path;
    }

    /** In our tables. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
