package org.holovitals.server.passages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Cuts a text into the pieces that BERT was taught, by the vocabulary of a tokenizer.json: lower case, no accents, each sign a
 * word, then the longest known piece from the left. What a text says of [SEP] and the like is text and no command.
 */
final class Wordpiece {
    /** At the beginning of every sequence. */
    static final int BEGIN = 101;

    /** At its end. */
    static final int END = 102;

    private static final int UNKNOWN = 100;
    private static final int LONGEST_WORD = 100;
    private static final int LAST_ASCII = 0x7f;
    private static final int REPLACEMENT = 0xfffd;

    private final Map<String, Integer> vocabulary;

    private Wordpiece(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
    }

    static Wordpiece of(InputStream tokenizer) throws IOException {
        JsonNode known = new JsonMapper().readTree(tokenizer).path("model").path("vocab");
        Map<String, Integer> vocabulary = new HashMap<>(known.size() * 2);
        known.properties()
                .forEach(each -> vocabulary.put(each.getKey(), each.getValue().asInt()));
        return new Wordpiece(vocabulary);
    }

    /** The number of pieces, without beginning and end. */
    int count(String text) {
        return pieces(text).size();
    }

    /** A whole sequence; what is beyond its length is left out. */
    long[] sequence(String text, int longest) {
        List<Integer> pieces = pieces(text);
        int length = Math.min(pieces.size(), longest - 2);
        long[] ids = new long[length + 2];
        ids[0] = BEGIN;
        for (int i = 0; i < length; i++) {
            ids[i + 1] = pieces.get(i);
        }
        ids[length + 1] = END;
        return ids;
    }

    private List<Integer> pieces(String text) {
        List<Integer> pieces = new ArrayList<>();
        for (String word : spaced(text).split(" ", -1)) {
            if (!word.isEmpty()) {
                addPieces(word, pieces);
            }
        }
        return pieces;
    }

    private void addPieces(String word, List<Integer> pieces) {
        int known = pieces.size();
        int begin = 0;
        while (begin < word.length()) {
            int end = word.codePointCount(0, word.length()) > LONGEST_WORD ? begin : longest(word, begin);
            if (end == begin) {
                pieces.subList(known, pieces.size()).clear();
                pieces.add(UNKNOWN);
                return;
            }
            pieces.add(Objects.requireNonNull(vocabulary.get(piece(word, begin, end))));
            begin = end;
        }
    }

    private int longest(String word, int begin) {
        int end = word.length();
        while (end > begin && !vocabulary.containsKey(piece(word, begin, end))) {
            end = word.offsetByCodePoints(end, -1);
        }
        return end;
    }

    private static String piece(String word, int begin, int end) {
        return (begin == 0 ? "" : "##") + word.substring(begin, end);
    }

    /** Words and signs between spaces. */
    private static String spaced(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().filter(Wordpiece::isText).forEach(each -> {
            if (isSpace(each)) {
                clean.append(' ');
            } else if (isChinese(each)) {
                clean.append(' ').appendCodePoint(each).append(' ');
            } else {
                clean.appendCodePoint(each);
            }
        });
        StringBuilder words = new StringBuilder(clean.length() + 16);
        Normalizer.normalize(clean, Normalizer.Form.NFD)
                .codePoints()
                .filter(each -> Character.getType(each) != Character.NON_SPACING_MARK)
                .forEach(each -> {
                    if (isSign(each)) {
                        words.append(' ').appendCodePoint(each).append(' ');
                    } else {
                        words.appendCodePoint(each);
                    }
                });
        return words.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isText(int each) {
        return each == '\t'
                || each == '\n'
                || each == '\r'
                || (each != REPLACEMENT
                        && switch (Character.getType(each)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.UNASSIGNED,
                                    Character.PRIVATE_USE,
                                    Character.SURROGATE -> false;
                            default -> true;
                        });
    }

    private static boolean isSpace(int each) {
        return Character.isWhitespace(each) || Character.isSpaceChar(each);
    }

    private static boolean isChinese(int each) {
        return Character.isIdeographic(each) && Character.UnicodeScript.of(each) == Character.UnicodeScript.HAN;
    }

    private static boolean isSign(int each) {
        return switch (Character.getType(each)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> each <= LAST_ASCII && each > ' ' && !Character.isLetterOrDigit(each);
        };
    }
}
