package org.holovitals.server.texts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one page.
 *
 * @param number from 1
 * @param confidence 0 to 1, of the words together; null where the text was not recognised but stands in the file
 * @param words of a text that was recognised, in reading order
 */
public record PageText(
        int number, Method method, String text, @Nullable Double confidence, List<Word> words) {

    /** Where a text comes from. */
    public enum Method {
        /** It stands in the file. */
        TEXT_LAYER,
        /** It was recognised in an image. */
        TESSERACT
    }

    /**
     * A word in an image.
     *
     * @param confidence 0 to 1
     * @param box left, top, width and height as fractions of the page's width and height
     */
    public record Word(String text, double confidence, List<Double> box) {}
}
