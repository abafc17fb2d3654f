package org.holovitals.server.labs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.texts.PageText.Word;

/**
 * A number of a row.
 *
 * @param at which word of the line it is
 * @param bound {@code <}, {@code >}, {@code ≤} or {@code ≥}; empty for an exact value
 * @param mark that stands at it without a space between
 * @param isClear whether it stands there as it is here: what was recognised beside it may have been a digit
 */
record Digits(int at, String bound, String number, Mark mark, boolean isClear, List<Double> box) {
    private static final Pattern VALUE = Pattern.compile(LabChecks.NUMBER + "([HL*]{0,2})");
    private static final Pattern POINTS = Pattern.compile("(.*\\d),(\\d{1,2}[HL*]*)");
    private static final Pattern THOUSANDS = Pattern.compile("([<>≤≥]?\\d{1,3}),(\\d{3}[HL*]*)");

    /** Empty for a word that is none. */
    static Optional<Digits> of(int at, Word word) {
        String bare = word.text().replaceAll("^\\(|[);]+$", "");
        String text = bare.replaceAll("^[^\\p{Alnum}<>≤≥]+|[^\\p{Alnum}*]+$", "");
        String plain = together(THOUSANDS, text, "$1$2");
        boolean isSure = word.confidence() >= 1;
        boolean isClear = isSure || (text.equals(bare) && plain.equals(text));
        String pointed = together(POINTS, plain, "$1.$2");
        isClear &= pointed.equals(plain);
        Matcher value = VALUE.matcher(pointed);
        return value.matches()
                ? Optional.of(
                        new Digits(at, value.group(1), value.group(2), Mark.of(value.group(3)), isClear, word.box()))
                : Optional.empty();
    }

    private static String together(Pattern pattern, String text, String parts) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.replaceFirst(parts) : text;
    }

    BigDecimal value() {
        return new BigDecimal(number);
    }

    boolean isExact() {
        return bound.isEmpty();
    }

    /** As printed. */
    String text() {
        return bound + number;
    }
}
