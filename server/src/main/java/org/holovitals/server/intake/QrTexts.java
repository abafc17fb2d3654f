package org.holovitals.server.intake;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** The texts of QR codes with health cards; a card that was too long for one code is in several, each with its number. */
final class QrTexts {
    static final String START = "shc:/";

    private static final Pattern TEXT = Pattern.compile("shc:/(?:(\\d{1,3})/(\\d{1,3})/)?((?:\\d\\d)+)");
    private static final Splitter TEXTS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
    private static final int OFFSET = 45;

    private QrTexts() {}

    /** The cards of texts with white space between, the parts of one in whatever order. */
    static List<String> cards(String texts) {
        List<String> cards = new ArrayList<>();
        Map<Integer, Map<Integer, String>> parts = new TreeMap<>();
        for (String text : TEXTS.split(texts)) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new Problem(ProblemType.IMPORT_BROKEN, "The text of a QR code is not whole");
            }
            if (matcher.group(1) == null) {
                cards.add(letters(matcher.group(3)));
            } else {
                parts.computeIfAbsent(Integer.valueOf(matcher.group(2)), unknown -> new TreeMap<>())
                        .put(Integer.valueOf(matcher.group(1)), matcher.group(3));
            }
        }
        parts.forEach((count, found) -> cards.add(letters(joined(count, found))));
        return cards;
    }

    private static String joined(int count, Map<Integer, String> parts) {
        for (int number = 1; number <= count; number++) {
            if (!parts.containsKey(number)) {
                throw new Problem(
                        ProblemType.IMPORT_BROKEN,
                        "The card is in " + count + " QR codes, of which number " + number + " is missing");
            }
        }
        if (parts.size() != count) {
            throw new Problem(ProblemType.IMPORT_BROKEN, "The numbers of the QR codes are not those of one card");
        }
        return String.join("", parts.values());
    }

    /** Each character is two digits, so that a QR code takes less room. */
    private static String letters(String digits) {
        StringBuilder text = new StringBuilder(digits.length() / 2);
        for (int at = 0; at < digits.length(); at += 2) {
            text.append((char) (Integer.parseInt(digits, at, at + 2, 10) + OFFSET));
        }
        return text.toString();
    }
}
