package org.holovitals.server.labs;

import java.util.Locale;

/** Makes words comparable that differ only in how they are printed. */
final class Plain {
    private Plain() {}

    /** Small letters and digits with single spaces between. */
    static String name(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    }

    /** Without what printing, or dust, leaves around words. */
    static String edges(String text) {
        return text.replaceAll("^[\\s(\\[|_.,:;]+|[\\s)\\]|_.,:;]+$", "");
    }

    /** Small letters without spaces; a micro sign is a u, and a power is written with ^. */
    static String unit(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('µ', 'u')
                .replace('μ', 'u')
                .replace("²", "2")
                .replace("³", "^3")
                .replaceAll("^[(\\[|]+|[)\\],;:.|]+$|\\s", "");
    }

    /** A unit with one letter for those, and for runs of those, that are taken for each other: none of them makes one unit of another. */
    static String shape(String unit) {
        return unit(unit).replaceAll("[1il|!/v]+", "l");
    }
}
