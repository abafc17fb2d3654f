package org.holovitals.keycloak.scopes;

/** A scope that apps may ask for: its name as it stands in the request, and what it means in words a patient understands. */
public record Scope(String name, String description, Kind kind) {
    /** What a scope speaks of. */
    public enum Kind {
        /** Who the user is, or how long the app may act for him. */
        IDENTITY,
        /** In which context the app is launched. */
        LAUNCH,
        /** Which resources the app may read or write. */
        DATA
    }
}
