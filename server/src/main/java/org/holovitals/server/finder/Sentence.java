package org.holovitals.server.finder;

import java.util.List;

/**
 * A sentence of an answer.
 *
 * @param verified whether every citation was; what was not is never stated, the text says so instead
 */
public record Sentence(String text, List<Citation> citations, boolean verified) {

    /** Words that state nothing of the record. */
    static Sentence plain(String text) {
        return new Sentence(text, List.of(), true);
    }
}
