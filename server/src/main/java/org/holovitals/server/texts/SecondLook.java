package org.holovitals.server.texts;

import static org.bytedeco.tesseract.global.tesseract.PSM_SINGLE_WORD;

import java.awt.Rectangle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tesseract.TessBaseAPI;
import org.holovitals.server.texts.PageText.Word;

/**
 * Reads numbers a second time, each by itself and as nothing but digits. Tesseract is sure of many a wrong digit, and hardly ever of the same
 * one twice: a number that is read otherwise then is not certain.
 */
final class SecondLook {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(?:\\.\\d{1,3})?");
    private static final Pattern HYPHEN = Pattern.compile("[-–—]|.*[-–—]$|^[-–—].*");
    private static final double CERTAIN = 0.7;
    private static final double DOUBTFUL = 0.5;
    private static final int MOST = 300;
    private static final int MARGIN = 8;

    private final TessBaseAPI api;
    private final Rectangle image;

    SecondLook(TessBaseAPI api, Rectangle image) {
        this.api = api;
        this.image = image;
    }

    /** A word and where it is in the image. */
    record Placed(Word word, Rectangle place) {}

    /** The words, those that are read in two ways with a lower confidence. */
    List<Word> checked(List<Placed> found) {
        int mode = api.GetPageSegMode();
        set("0123456789.", "0");
        api.SetPageSegMode(PSM_SINGLE_WORD);
        List<Word> checked = new ArrayList<>();
        int looks = 0;
        for (int i = 0; i < found.size(); i++) {
            boolean isLookedAt = looks < MOST && isNumber(found, i);
            looks += isLookedAt ? 1 : 0;
            Word word = found.get(i).word();
            checked.add(isLookedAt && !again(found.get(i).place()).equals(word.text()) ? doubtful(word) : word);
        }
        set("", "1");
        api.SetPageSegMode(mode);
        return checked;
    }

    private void set(String letters, String isInverting) {
        api.SetVariable("tessedit_char_whitelist", letters);
        api.SetVariable("tessedit_do_invert", isInverting);
    }

    /** One that stands alone: the ends of a range have each other. */
    private static boolean isNumber(List<Placed> found, int at) {
        Word word = found.get(at).word();
        return word.confidence() >= CERTAIN
                && NUMBER.matcher(word.text()).matches()
                && !isHyphen(found, at - 1)
                && !isHyphen(found, at + 1);
    }

    private static boolean isHyphen(List<Placed> found, int at) {
        return at >= 0
                && at < found.size()
                && HYPHEN.matcher(found.get(at).word().text()).matches();
    }

    private static Word doubtful(Word word) {
        return new Word(word.text(), DOUBTFUL, word.box());
    }

    private String again(Rectangle place) {
        Rectangle around = new Rectangle(place);
        around.grow(MARGIN, MARGIN);
        Rectangle seen = around.intersection(image);
        api.SetRectangle(seen.x, seen.y, seen.width, seen.height);
        try (BytePointer text = api.GetUTF8Text()) {
            return text == null || text.isNull()
                    ? ""
                    : text.getString(StandardCharsets.UTF_8).strip();
        }
    }
}
