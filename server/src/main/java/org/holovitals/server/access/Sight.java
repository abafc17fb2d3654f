package org.holovitals.server.access;

import java.util.Set;

/**
 * Whose records a scope reaches.
 *
 * @param isEverything whether nobody's are left out
 * @param patients otherwise the FHIR ids of the patients
 */
record Sight(boolean isEverything, Set<String> patients) {
    static final Sight EVERYTHING = new Sight(true, Set.of());
    static final Sight NOBODY = new Sight(false, Set.of());

    static Sight of(Set<String> patients) {
        return new Sight(false, Set.copyOf(patients));
    }

    boolean meets(Set<String> owners) {
        return isEverything || owners.stream().anyMatch(patients::contains);
    }
}
