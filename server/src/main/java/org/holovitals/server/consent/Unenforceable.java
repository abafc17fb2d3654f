package org.holovitals.server.consent;

/** A Consent says something that this server cannot see to. The text names no value of it. */
final class Unenforceable extends Exception {
    private static final long serialVersionUID = 1;

    private final String element;

    Unenforceable(String element, String text) {
        super(text, null, false, false);
        this.element = element;
    }

    /** The FHIRPath of what is not understood. */
    String element() {
        return element;
    }
}
