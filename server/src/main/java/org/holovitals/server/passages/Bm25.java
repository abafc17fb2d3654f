package org.holovitals.server.passages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How well texts fit the words of a question: BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) over one
 * patient's passages. Their words are counted anew for each question: an index of them would have to be sealed, too.
 */
final class Bm25 {
    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.75;

    private final double[] weights;
    private final double average;

    private Bm25(List<Counted> texts, double[] weights) {
        this.weights = weights;
        this.average =
                Math.max(1, texts.stream().mapToInt(Counted::length).average().orElse(1));
    }

    /**
     * How well a text fits.
     *
     * @param score 0 where none of the words stands in it
     * @param share of what the question's words weigh that stands in it, from 0 to 1
     */
    record Fit(double score, double share) {}

    /** A text: its number of words, and how often it has each of the question's. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    private record Counted(int length, int[] counts) {
        static Counted of(String text, Map<String, Integer> wanted) {
            List<String> words = Tokens.of(text);
            int[] counts = new int[wanted.size()];
            for (String word : words) {
                Integer place = wanted.get(word);
                if (place != null) {
                    counts[place]++;
                }
            }
            return new Counted(words.size(), counts);
        }
    }

    /** For each text, in their order. */
    static List<Fit> of(String question, List<String> texts) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        Tokens.of(question).forEach(word -> wanted.putIfAbsent(word, wanted.size()));
        List<Counted> counted =
                texts.stream().map(text -> Counted.of(text, wanted)).toList();
        double[] weights = IntStream.range(0, wanted.size())
                .mapToDouble(word -> weight(counted, word))
                .toArray();
        Bm25 made = new Bm25(counted, weights);
        return counted.stream().map(made::fit).toList();
    }

    /** Of a word that no text has, too: it weighs the most. */
    private static double weight(List<Counted> texts, int word) {
        long having = texts.stream().filter(text -> text.counts()[word] > 0).count();
        return Math.log(1 + (texts.size() - having + 0.5) / (having + 0.5));
    }

    private Fit fit(Counted text) {
        double length = SATURATION * (1 - LENGTH + LENGTH * text.length() / average);
        double score = 0;
        double found = 0;
        double all = 0;
        for (int word = 0; word < weights.length; word++) {
            double count = text.counts()[word];
            score += weights[word] * count * (SATURATION + 1) / (count + length);
            found += count > 0 ? weights[word] : 0;
            all += weights[word];
        }
        return new Fit(score, all > 0 ? found / all : 0);
    }
}
