package org.holovitals.server.context;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much texts have to do with a question: BM25 over the words that they share (Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework", 2009), without a model and the same on every machine.
 */
public final class Relevance {
    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.75;

    private final Set<String> asked;
    private final Map<String, Integer> textsWith = new HashMap<>();
    private final int texts;
    private final double usualLength;

    private Relevance(String question, List<String> all) {
        this.asked = new HashSet<>(Words.of(question));
        this.texts = all.size();
        long words = 0;
        for (String text : all) {
            List<String> of = Words.of(text);
            words += of.size();
            new HashSet<>(of).stream().filter(asked::contains).forEach(word -> textsWith.merge(word, 1, Integer::sum));
        }
        this.usualLength = Math.max(1, words) / (double) Math.max(1, all.size());
    }

    /** For a question to these texts. */
    public static Relevance of(String question, List<String> texts) {
        return new Relevance(question, texts);
    }

    /** Zero when the text has no word of the question. */
    public double score(String text) {
        List<String> words = Words.of(text);
        Map<String, Integer> counts = new HashMap<>();
        words.stream().filter(asked::contains).forEach(word -> counts.merge(word, 1, Integer::sum));
        double length = 1 - LENGTH + LENGTH * words.size() / usualLength;
        // Sorted, since sums of floating numbers depend on their order.
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .mapToDouble(count -> rarity(count.getKey())
                        * count.getValue()
                        * (SATURATION + 1)
                        / (count.getValue() + SATURATION * length))
                .sum();
    }

    private double rarity(String word) {
        int with = textsWith.getOrDefault(word, 0);
        return Math.log(1 + (texts - with + 0.5) / (with + 0.5));
    }
}
