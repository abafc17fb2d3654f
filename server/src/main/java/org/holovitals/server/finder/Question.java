package org.holovitals.server.finder;

/** A question as somebody wrote it. */
public record Question(String text) {

    Words words() {
        return Words.of(text);
    }
}
