package org.holovitals.server.egress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known to name a patient or somebody else in a record. It is found in any case, order and punctuation, with and
 * without diacritics, rather once too often: a name that is a word is found where the word stands.
 */
final class Identifiers {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final int SHORTEST_NAME = 2;
    private static final int SHORTEST_WITH_PLURAL = 3;
    private static final int SHORTEST_TOGETHER = 4;
    private static final int SHORTEST_VALUE = 3;
    private static final int SHORTEST_NUMBER = 4;
    private static final int SHORTEST_DIGITS = 5;
    private static final List<Integer> ENDS_OF_NUMBERS = List.of(7, 10);

    /** What stands with names and names nobody. */
    private static final Set<String> TITLES = set("""
            dr md mr mrs ms miss prof phd do np rn pa dds jr sr ii iii von van de la der den of the and hospital
            clinic center centre health medical care inc llc
            """);

    private final Set<String> known;
    private final TreeSet<Integer> lengths = new TreeSet<>();

    private Identifiers(Set<String> known) {
        this.known = known;
        known.forEach(each -> lengths.add(each.length()));
    }

    private static Set<String> set(String list) {
        return SPACE.splitAsStream(list.strip()).collect(Collectors.toUnmodifiableSet());
    }

    /** Somebody's name, as words in any order. */
    record Name(List<String> words) {
        static Name of(String... words) {
            return new Name(List.of(words));
        }

        /** As it is shown, with titles and what belongs to organizations; a patient may well be called Do. */
        static Name shown(String text) {
            return new Name(SPACE.splitAsStream(text)
                    .filter(word -> !TITLES.contains(Folded.signs(word)))
                    .toList());
        }
    }

    /** A piece of a text. */
    record Span(int from, int to) {}

    /** Names, and values such as numbers of records, addresses and phones. */
    static Identifiers of(Collection<Name> names, Collection<String> values) {
        Set<String> known = new HashSet<>();
        names.forEach(name -> add(known, name));
        values.forEach(value -> add(known, value));
        return new Identifiers(known);
    }

    private static void add(Set<String> known, Name name) {
        List<String> words =
                name.words().stream().flatMap(Identifiers::words).distinct().toList();
        for (String word : words) {
            addWord(known, word);
        }
        for (String one : words) {
            for (String other : words) {
                if (!one.equals(other)) {
                    spellings(one + other).forEach(known::add);
                    addTogether(known, one.substring(0, 1) + other);
                    addTogether(known, one + other.substring(0, 1));
                }
            }
        }
    }

    /** The words of a name by themselves, and together as in O'Brien and OBrien. */
    private static Stream<String> words(String name) {
        List<String> words = new ArrayList<>();
        SPACE.splitAsStream(name).forEach(word -> {
            BETWEEN_WORDS.splitAsStream(word).forEach(words::add);
            words.add(word);
        });
        return words.stream()
                .flatMap(word -> Stream.of(word, transcribed(word)).map(Folded::signs))
                .filter(word -> !word.isEmpty());
    }

    private static void addWord(Set<String> known, String word) {
        for (String spelling : spellings(word)) {
            if (spelling.length() >= SHORTEST_NAME) {
                known.add(spelling);
            }
            if (spelling.length() >= SHORTEST_WITH_PLURAL) {
                known.add(spelling + "s");
            }
        }
    }

    private static void addTogether(Set<String> known, String together) {
        if (together.length() >= SHORTEST_TOGETHER) {
            spellings(together).forEach(known::add);
        }
    }

    /** As it is; without the digits that made-up names have; with and without an e for an umlaut. */
    private static Set<String> spellings(String word) {
        Set<String> spellings = new HashSet<>();
        for (String each : List.of(word, word.replaceAll("\\d+", ""))) {
            spellings.add(each);
            spellings.add(each.replace("ae", "a").replace("oe", "o").replace("ue", "u"));
        }
        spellings.remove("");
        return spellings;
    }

    private static String transcribed(String word) {
        return word.replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("Ä", "Ae")
                .replace("Ö", "Oe")
                .replace("Ü", "Ue")
                .replace("å", "aa")
                .replace("Å", "Aa")
                .replace("ø", "oe")
                .replace("Ø", "Oe");
    }

    private static void add(Set<String> known, String value) {
        String signs = Folded.signs(value);
        String digits = signs.replaceAll("\\D", "");
        if (signs.length() >= (signs.equals(digits) ? SHORTEST_NUMBER : SHORTEST_VALUE)) {
            known.add(signs);
        }
        if (digits.length() >= SHORTEST_DIGITS) {
            known.add(digits);
            ENDS_OF_NUMBERS.stream()
                    .filter(length -> digits.length() > length && signs.equals(digits))
                    .forEach(length -> known.add(digits.substring(digits.length() - length)));
        }
    }

    /** Where any of it stands, from left to right. */
    List<Span> in(String text) {
        Folded folded = Folded.of(text);
        List<Span> spans = new ArrayList<>();
        for (int at = 0; at < folded.length(); at++) {
            int end = folded.isStart(at) ? end(folded, at) : -1;
            if (end > 0) {
                spans.add(new Span(folded.from(at), folded.to(end - 1)));
                at = end - 1;
            }
        }
        return spans;
    }

    /** Whether any of it stands in a text. */
    boolean areIn(String text) {
        return !in(text).isEmpty();
    }

    /** The end of the longest that begins at a sign; negative where none does. */
    private int end(Folded folded, int at) {
        for (int length : lengths.descendingSet()) {
            int end = at + length;
            if (end <= folded.length() && folded.isEnd(end) && known.contains(folded.part(at, end))) {
                return end;
            }
        }
        return -1;
    }
}
