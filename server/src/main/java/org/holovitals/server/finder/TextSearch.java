package org.holovitals.server.finder;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.server.finder.Terms.Term;

/** Orders rows by how well they fit terms: BM25 (Robertson and Zaragoza 2009) over one patient's rows. */
final class TextSearch {
    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.75;

    private TextSearch() {}

    /** Rows that have any of the terms, the best first; of equal ones the order stays. */
    static List<Entry> best(List<Term> terms, List<Entry> entries) {
        double average = entries.stream()
                .mapToInt(entry -> entry.searched().list().size())
                .average()
                .orElse(1);
        Map<Term, Double> weights = new HashMap<>();
        for (Term term : terms) {
            long having = entries.stream()
                    .filter(entry -> term.isIn(entry.searched()))
                    .count();
            weights.put(term, Math.log(1 + (entries.size() - having + 0.5) / (having + 0.5)));
        }
        record Scored(Entry entry, double score) {}
        return entries.stream()
                .map(entry -> new Scored(entry, score(entry, weights, average)))
                .filter(scored -> scored.score() > 0)
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .map(Scored::entry)
                .toList();
    }

    private static double score(Entry entry, Map<Term, Double> weights, double average) {
        double length = entry.searched().list().size() / average;
        return weights.entrySet().stream()
                .filter(weight -> weight.getKey().isIn(entry.searched()))
                .mapToDouble(weight ->
                        weight.getValue() * (SATURATION + 1) / (1 + SATURATION * (1 - LENGTH + LENGTH * length)))
                .sum();
    }
}
