package org.holovitals.server.access;

import java.util.EnumSet;
import java.util.Set;

/** What a SMART v2 scope permits: the letters of {@code cruds} (SMART App Launch 2.2, "Scopes for requesting FHIR"). */
public enum Interaction {
    /** A new resource. */
    CREATE,
    /** One resource or its versions by id. */
    READ,
    /** Changing one resource, also by patch, and creating it under the client's id. */
    UPDATE,
    /** Deleting one resource. */
    DELETE,
    /** Finding resources, also in the history of a type. */
    SEARCH;

    private static final String LETTERS = "cruds";

    String letter() {
        return switch (this) {
            case CREATE -> "c";
            case READ -> "r";
            case UPDATE -> "u";
            case DELETE -> "d";
            case SEARCH -> "s";
        };
    }

    /** The interactions of letters that stand in the order of {@code cruds}. */
    static Set<Interaction> ofLetters(String letters) {
        Set<Interaction> interactions = EnumSet.noneOf(Interaction.class);
        letters.chars().forEach(letter -> interactions.add(values()[LETTERS.indexOf(letter)]));
        return interactions;
    }
}
