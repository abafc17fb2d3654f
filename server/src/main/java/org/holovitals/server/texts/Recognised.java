package org.holovitals.server.texts;

import static org.bytedeco.tesseract.global.tesseract.RIL_PARA;
import static org.bytedeco.tesseract.global.tesseract.RIL_TEXTLINE;
import static org.bytedeco.tesseract.global.tesseract.RIL_WORD;

import java.awt.Rectangle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.tesseract.ETEXT_DESC;
import org.bytedeco.tesseract.ResultIterator;
import org.bytedeco.tesseract.TessBaseAPI;
import org.holovitals.server.texts.PageText.Method;
import org.holovitals.server.texts.PageText.Word;
import org.holovitals.server.texts.SecondLook.Placed;

/** What Tesseract makes of the image that it was given. */
final class Recognised {
    private static final int DIGITS = 4;
    private static final double PERCENT = 100;

    private final TessBaseAPI api;
    private final Turn turn;

    Recognised(TessBaseAPI api, Turn turn) {
        this.api = api;
        this.turn = turn;
    }

    PageText page(int number) throws Unreadable {
        if (api.Recognize((ETEXT_DESC) null) != 0) {
            throw new Unreadable(Failure.CRASHED);
        }
        List<Placed> found = new ArrayList<>();
        String text = read(found);
        List<Word> words = new SecondLook(api, new Rectangle(turn.width(), turn.height())).checked(found);
        double confidence =
                words.stream().mapToDouble(Word::confidence).average().orElse(0);
        return new PageText(number, Method.TESSERACT, text, rounded(confidence), words);
    }

    /** The text, in which each word of the list stands in its place. */
    private String read(List<Placed> words) {
        StringBuilder all = new StringBuilder();
        try (ResultIterator found = api.GetIterator()) {
            if (found == null || found.isNull()) {
                return "";
            }
            do {
                String text = text(found.GetUTF8Text(RIL_WORD)).strip();
                if (!text.isEmpty()) {
                    all.append(all.isEmpty() ? "" : separator(found)).append(text);
                    Rectangle place = place(found);
                    words.add(new Placed(
                            new Word(text, rounded(found.Confidence(RIL_WORD) / PERCENT), box(place)), place));
                }
            } while (found.Next(RIL_WORD));
        }
        return all.toString();
    }

    private static String separator(ResultIterator word) {
        if (word.IsAtBeginningOf(RIL_PARA)) {
            return "\n\n";
        }
        return word.IsAtBeginningOf(RIL_TEXTLINE) ? "\n" : " ";
    }

    private static Rectangle place(ResultIterator word) {
        try (IntPointer left = new IntPointer(1);
                IntPointer top = new IntPointer(1);
                IntPointer right = new IntPointer(1);
                IntPointer bottom = new IntPointer(1)) {
            word.BoundingBox(RIL_WORD, left, top, right, bottom);
            return new Rectangle(left.get(), top.get(), right.get() - left.get(), bottom.get() - top.get());
        }
    }

    private List<Double> box(Rectangle place) {
        double[] box = turn.back(place.getMinX(), place.getMinY(), place.getMaxX(), place.getMaxY());
        return List.of(
                rounded(box[0] / turn.width()),
                rounded(box[1] / turn.height()),
                rounded((box[2] - box[0]) / turn.width()),
                rounded((box[3] - box[1]) / turn.height()));
    }

    /** A fraction, to four digits. */
    static double rounded(double value) {
        return BigDecimal.valueOf(Math.min(1, Math.max(0, value)))
                .setScale(DIGITS, RoundingMode.HALF_UP)
                .doubleValue();
    }

    private static String text(BytePointer bytes) {
        if (bytes == null || bytes.isNull()) {
            return "";
        }
        try (bytes) {
            return bytes.getString(StandardCharsets.UTF_8);
        }
    }
}
