package org.holovitals.server.context;

/**
 * A piece of a record.
 *
 * @param source where it stands, such as {@code Condition/7/_history/2}
 * @param heading what it is about; passages with the same one are put together
 * @param text what it says
 * @param isCited whether something refers to it, so that it has to stay
 */
public record Passage(String source, String heading, String text, boolean isCited) {

    /** As it would be given to a model without any care. */
    String plain() {
        return heading + ": " + text + " (" + source + ")";
    }
}
