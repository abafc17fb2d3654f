package org.holovitals.server.passages;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A text as the words by which it is found: lower case, without accents and frequent words, plurals cut. */
final class Tokens {
    private static final int SHORT = 3;
    private static final Set<String> FREQUENT =
            Set.of(("a again all also am an and any are as at be been but by can could did do does for from get go had"
                            + " has have her him his how i if in is it its kept let like long many may me might more most"
                            + " much must my need no not now of often on or our out over put s say said says see shall"
                            + " she should so some take taken tell than that the their them then there they this to"
                            + " too until use used was we well went were what when where which while who whom whose why"
                            + " will with without would you your")
                    .split(" "));

    private Tokens() {}

    static List<String> of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char each = plain.charAt(i);
            if (Character.isLetterOrDigit(each) || Character.isSurrogate(each) || isPoint(plain, i)) {
                word.append(each);
            } else if (Character.getType(each) != Character.NON_SPACING_MARK) {
                end(word, words);
            }
        }
        end(word, words);
        return words;
    }

    /** Within a number. */
    private static boolean isPoint(String text, int at) {
        char each = text.charAt(at);
        return (each == '.' || each == ',')
                && at > 0
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at + 1));
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            String whole = word.toString();
            if (!FREQUENT.contains(whole)) {
                words.add(singular(whole));
            }
            word.setLength(0);
        }
    }

    private static String singular(String word) {
        if (word.length() <= SHORT || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        } else if (word.endsWith("ies")) {
            return word.substring(0, word.length() - SHORT) + "y";
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
