package org.holovitals.server.ledger;

/**
 * {@code system|code} of a search.
 *
 * @param system empty where any may be meant
 */
record Token(String system, String code) {

    static Token of(String value) {
        int bar = value.indexOf('|');
        return bar < 0 ? new Token("", value) : new Token(value.substring(0, bar), value.substring(bar + 1));
    }

    boolean isOf(String other) {
        return system.isEmpty() || system.equals(other);
    }
}
