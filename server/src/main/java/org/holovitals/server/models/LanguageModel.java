package org.holovitals.server.models;

/** A language model of a provider. Behind it the world outside begins: it is never called in a transaction. */
public interface LanguageModel {

    /**
     * Answers a prompt, in this thread.
     *
     * @param departure asked about the very body before it is sent, at each attempt
     * @param pieces told each piece of text as it comes
     * @throws InterruptedException when whoever waits does not want it any more
     */
    Reply answer(Prompt prompt, Departure departure, Pieces pieces) throws InterruptedException;

    /** Stands before the way out. */
    @FunctionalInterface
    interface Departure {
        /** Whether a body may leave; what is kept of it is durable when this returns true. */
        boolean permits(String body);
    }

    /** Hears an answer while it is written. */
    @FunctionalInterface
    interface Pieces {
        /** Whoever does not wait for it. */
        Pieces NOBODY = text -> {};

        /** The next piece. */
        void next(String text);
    }
}
