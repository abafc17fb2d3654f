package org.holovitals.server.passages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.documents.PatientTexts;

/**
 * Cuts pages into passages: sentences and lines one after the other, as many as are short enough. Each begins with the end of the
 * one before, so that what belongs together stands together somewhere. A passage is a piece of its page, letter for letter.
 */
final class Chunker {
    /** Pieces of a passage: few enough that it is about one thing. */
    static final int LONGEST = 96;

    /** Pieces that it has in common with the one before. */
    static final int OVERLAP = 24;

    private static final int MOST_LETTERS_OF_A_PIECE = 10;

    /** Between sentences, and between lines of which the second does not go on with the first. */
    private static final Pattern BOUNDARY =
            Pattern.compile("(?<=[.!?])[^\\S\\n]+(?=[\\p{Lu}\\d(\"\u201c])|\\s*\\n\\s*(?=[^\\p{Ll}\\s])");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Supplier<Wordpiece> pieces;

    Chunker(Supplier<Wordpiece> pieces) {
        this.pieces = pieces;
    }

    /**
     * A passage.
     *
     * @param page from 1
     */
    record Chunk(int page, String text) {}

    private record Unit(int begin, int end, int pieces) {}

    List<Chunk> of(List<PatientTexts.Page> pages) {
        List<Chunk> chunks = new ArrayList<>();
        for (PatientTexts.Page page : pages) {
            of(page.text()).forEach(text -> chunks.add(new Chunk(page.number(), text)));
        }
        return chunks;
    }

    private List<String> of(String text) {
        List<Unit> units = units(text);
        List<String> passages = new ArrayList<>();
        int first = 0;
        while (first < units.size()) {
            int behind = first;
            int count = 0;
            while (behind < units.size()
                    && (behind == first || count + units.get(behind).pieces() <= LONGEST)) {
                count += units.get(behind++).pieces();
            }
            passages.add(text.substring(
                    units.get(first).begin(), units.get(behind - 1).end()));
            first = behind == units.size() ? behind : next(units, first, behind);
        }
        return passages;
    }

    /** Where the next passage begins: with the last units of the one before, but never where that one began. */
    private static int next(List<Unit> units, int first, int behind) {
        int next = behind;
        int count = 0;
        // What is repeated must leave room for something new.
        int most = Math.min(OVERLAP, LONGEST - units.get(behind).pieces());
        while (next - 1 > first && count + units.get(next - 1).pieces() <= most) {
            count += units.get(--next).pieces();
        }
        return next;
    }

    private List<Unit> units(String text) {
        List<Unit> units = new ArrayList<>();
        Matcher boundary = BOUNDARY.matcher(text);
        int begin = 0;
        while (boundary.find()) {
            add(text, begin, boundary.start(), units);
            begin = boundary.end();
        }
        add(text, begin, text.length(), units);
        return units;
    }

    /** A unit; one that is too long for a passage goes in pieces between words. */
    private void add(String text, int begin, int end, List<Unit> units) {
        String unit = text.substring(begin, end);
        if (unit.isBlank()) {
            return;
        }
        // What no word is, such as a file in base64, is one piece however long it is.
        int count = Math.max(pieces.get().count(unit), unit.length() / MOST_LETTERS_OF_A_PIECE);
        if (count <= LONGEST) {
            units.add(new Unit(begin, end, count));
            return;
        }
        int half = middle(unit);
        add(text, begin, begin + half, units);
        add(text, begin + half, end, units);
    }

    /** A space near the middle, or the middle of what has none. */
    private static int middle(String unit) {
        int middle = unit.length() / 2;
        Matcher space = SPACE.matcher(unit);
        boolean isFound = space.find(middle) && space.end() < unit.length();
        int at = isFound ? space.end() : middle;
        return Character.isLowSurrogate(unit.charAt(at)) ? at + 1 : at;
    }
}
