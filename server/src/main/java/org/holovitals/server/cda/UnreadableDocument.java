package org.holovitals.server.cda;

/** A document that is no CDA document that can be read; the message quotes nothing of it. */
public final class UnreadableDocument extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableDocument(String message, Throwable cause) {
        super(message, cause);
    }

    UnreadableDocument(String message) {
        super(message);
    }
}
