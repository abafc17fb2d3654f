package org.holovitals.server.texts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one page.
 *
 * @param number from 1
 * @param confidence 0 to 1, of the words together; null where the text was not recognised but stands in the file
 * @param words of the text, in its order; none where it has no places, and of a page with more words than anybody prints
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
     * A word on a page.
     *
     * @param confidence 0 to 1; 1 where the text stands in the file
     * @param box left, top, width and height as fractions of the page's width and height
     */
    public record Word(String text, double confidence, List<Double> box) {}
}
