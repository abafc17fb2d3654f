package org.holovitals.server.egress;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * A text without all in which spellings differ: case, diacritics, and whatever is no letter or digit. It knows where each
 * of its signs stood, and at which of them words begin and end.
 */
final class Folded {
    /** Letters that are no letter with a mark to Unicode. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'ẞ', "ss"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'Ø', "o"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'Ł', "l"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'Đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'Ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'Þ', "th"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'Æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'Œ', "oe"),
            Map.entry((int) 'ı', "i"));

    private final String original;
    private final StringBuilder signs = new StringBuilder();
    private int[] from;
    private int[] to;

    private Folded(String original) {
        this.original = original;
        this.from = new int[original.length() + 1];
        this.to = new int[original.length() + 1];
        for (int at = 0; at < original.length(); ) {
            int sign = original.codePointAt(at);
            int next = at + Character.charCount(sign);
            add(of(sign), at, next);
            at = next;
        }
    }

    static Folded of(String text) {
        return new Folded(text);
    }

    /** Letters and digits alone. */
    static String signs(String text) {
        return new Folded(text).signs.toString();
    }

    private static String of(int sign) {
        String other = OTHERS.get(sign);
        if (other != null) {
            return other;
        }
        if (sign < 128) {
            return Character.isLetterOrDigit(sign) ? String.valueOf((char) Character.toLowerCase(sign)) : "";
        }
        StringBuilder kept = new StringBuilder();
        Normalizer.normalize(Character.toString(sign), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letter -> kept.append(OTHERS.getOrDefault(letter, Character.toString(letter))));
        return kept.toString();
    }

    private void add(String folded, int start, int end) {
        for (int i = 0; i < folded.length(); i++) {
            int place = signs.length();
            if (place >= from.length) {
                from = Arrays.copyOf(from, 2 * from.length);
                to = Arrays.copyOf(to, 2 * to.length);
            }
            signs.append(folded.charAt(i));
            from[place] = start;
            to[place] = end;
        }
    }

    int length() {
        return signs.length();
    }

    String part(int start, int end) {
        return signs.substring(start, end);
    }

    /** Where in the original a sign begins. */
    int from(int place) {
        return from[place];
    }

    /** Where in the original it ends, with the marks upon it. */
    int to(int place) {
        int end = to[place];
        while (end < original.length() && isMark(original.codePointAt(end))) {
            end += Character.charCount(original.codePointAt(end));
        }
        return end;
    }

    private static boolean isMark(int sign) {
        int type = Character.getType(sign);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** Whether a word begins at a sign: something else stands before it, letters meet digits, or a capital a small letter. */
    boolean isStart(int place) {
        return place == 0 || isEdge(place);
    }

    /** Whether a word ends before a sign. */
    boolean isEnd(int place) {
        return place == signs.length() || isEdge(place);
    }

    private boolean isEdge(int place) {
        if (from[place] == from[place - 1]) {
            return false;
        }
        int before = original.codePointBefore(to[place - 1]);
        int behind = original.codePointAt(from[place]);
        return to(place - 1) < from[place]
                || Character.isDigit(before) != Character.isDigit(behind)
                || (Character.isLowerCase(before) && Character.isUpperCase(behind));
    }
}
