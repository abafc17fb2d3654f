package org.holovitals.server.labs;

import java.util.List;

/**
 * A line of a list.
 *
 * @param text as printed, without what stands before the lines of the list
 * @param confidence 0 to 1, of the word that was recognised worst
 * @param page from 1
 * @param box left, top, width and height of the line as fractions of the page; empty where it has no place
 */
public record ListedItem(Kind kind, String text, double confidence, int page, List<Double> box) {

    /** What a list is of. */
    public enum Kind {
        /** What somebody takes. */
        MEDICATION,
        /** What somebody does not stand. */
        ALLERGY
    }
}
