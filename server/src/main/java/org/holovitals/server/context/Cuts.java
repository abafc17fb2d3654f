package org.holovitals.server.context;

import java.util.ArrayList;
import java.util.List;

/** Cuts what is longer than a window by itself: between words, or within a word that is too long as well. */
final class Cuts {
    private Cuts() {}

    static List<String> of(String text, long window) {
        List<String> cuts = new ArrayList<>();
        cut(text, window, cuts);
        return cuts;
    }

    private static void cut(String text, long window, List<String> cuts) {
        if (Tokens.count(text) <= window || text.codePointCount(0, text.length()) == 1) {
            cuts.add(text);
            return;
        }
        int at = middle(text);
        cut(text.substring(0, at), window, cuts);
        cut(text.substring(at), window, cuts);
    }

    /** Behind the space that is nearest to the middle, looked for in half of the text; else between two characters. */
    private static int middle(String text) {
        int middle = text.length() / 2;
        for (int distance = 0; distance <= text.length() / 4; distance++) {
            for (int at : new int[] {middle - distance, middle + distance}) {
                if (at > 0 && at < text.length() && Character.isWhitespace(text.charAt(at - 1))) {
                    return at;
                }
            }
        }
        return text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
    }
}
