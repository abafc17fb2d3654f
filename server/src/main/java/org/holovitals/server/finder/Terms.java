package org.holovitals.server.finder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What else records call what people say: {@code terms.tsv}. */
final class Terms {
    private final Map<List<String>, List<Words>> others = new HashMap<>();
    private final List<List<String>> longestFirst;

    Terms() {
        for (String[] row : Tsv.rows("terms.tsv")) {
            others.put(
                    Words.of(row[0]).list(),
                    Stream.of(row[1].split("\\|")).map(Words::of).toList());
        }
        longestFirst = others.keySet().stream()
                .sorted(Comparator.<List<String>>comparingInt(List::size).reversed())
                .toList();
    }

    /**
     * Something that a question names.
     *
     * @param word as in the question
     * @param spellings of which any may stand in the record
     */
    record Term(String word, List<Words> spellings) {
        boolean isIn(Words text) {
            return spellings.stream().anyMatch(text::hasAll);
        }
    }

    /**
     * The things that a question names beside what its rule has understood: known names of several words first, then each
     * word that is left.
     */
    List<Term> in(Words question, Set<String> understood) {
        List<String> left = new ArrayList<>(question.list());
        Map<String, Term> terms = new LinkedHashMap<>();
        for (List<String> known : longestFirst) {
            int at = Collections.indexOfSubList(left, known);
            if (at >= 0 && known.size() > 1) {
                String word = String.join(" ", known);
                terms.put(word, term(word, others.getOrDefault(known, List.of())));
                left.subList(at, at + known.size()).clear();
            }
        }
        for (String word : Stopwords.strip(left, understood)) {
            terms.putIfAbsent(word, term(word, others.getOrDefault(List.of(word), List.of())));
        }
        return List.copyOf(terms.values());
    }

    private static Term term(String word, List<Words> others) {
        return new Term(
                word,
                Stream.concat(Stream.of(Words.of(word)), others.stream()).collect(Collectors.toUnmodifiableList()));
    }
}
