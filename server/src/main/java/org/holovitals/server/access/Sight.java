package org.holovitals.server.access;

import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Decision.Rule;

/**
 * Whose records a scope reaches.
 *
 * @param isEverything whether nobody's are left out
 * @param whole otherwise the FHIR ids of the patients whose whole records it reaches
 * @param consented and what others consented to
 */
record Sight(boolean isEverything, Set<String> whole, Holdings consented) {
    static final Sight EVERYTHING = new Sight(true, Set.of(), Holdings.NONE);
    static final Sight NOBODY = new Sight(false, Set.of(), Holdings.NONE);

    static Sight whole(String patient) {
        return new Sight(false, Set.of(patient), Holdings.NONE);
    }

    static Sight consented(Holdings holdings) {
        return new Sight(false, Set.of(), holdings);
    }

    Sight and(Holdings holdings) {
        return new Sight(isEverything, whole, holdings);
    }

    /** The patients of whom it reaches anything. */
    Set<String> patients() {
        return Stream.concat(whole.stream(), consented.patients().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it reaches a resource of these patients. */
    Decision reach(Set<String> owners, String type, Part part, Interaction interaction) {
        if (isEverything) {
            return Decision.by(Rule.SERVICE);
        }
        if (!Collections.disjoint(owners, whole)) {
            return Decision.by(Rule.OWN_RECORD);
        }
        if (equals(NOBODY)) {
            return Decision.by(Rule.ROLE);
        }
        return owners.isEmpty() || consented == Holdings.NONE
                ? Decision.by(Rule.COMPARTMENT)
                : consented.decide(owners, type, part, interaction);
    }
}
