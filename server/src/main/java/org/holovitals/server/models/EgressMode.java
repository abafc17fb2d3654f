package org.holovitals.server.models;

import java.util.Locale;

/** How much of a record may leave this server; each mode permits what those before it do. */
public enum EgressMode {
    /** Nothing: no model is called. */
    NONE,
    /** Codes with their names, values, units and relative days. */
    STRUCTURED_ONLY,
    /** Text in which identifiers are masked and dates relative. */
    MASKED_TEXT,
    /** Everything, under a contract with the provider (a business associate agreement). */
    BAA_FULL;

    /** The stricter of two. */
    public EgressMode atMost(EgressMode other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** Whether a text may leave, be it masked. */
    public boolean permitsText() {
        return compareTo(MASKED_TEXT) >= 0;
    }

    /** As in requests, settings and tables, such as {@code masked-text}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The mode of a text.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static EgressMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
