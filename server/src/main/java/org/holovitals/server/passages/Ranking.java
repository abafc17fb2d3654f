package org.holovitals.server.passages;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.holovitals.server.passages.Bm25.Fit;
import org.jspecify.annotations.Nullable;

/**
 * Orders passages by words and by meaning, and both orders into one by reciprocal rank (Cormack, Clarke and Büttcher, SIGIR
 * 2009): what stands high in either stands high, whatever the scores are worth beside each other. The order by words counts as far as
 * the question's words are there at all: one that shares "heart" with a question of eight words is no good answer for that.
 */
final class Ranking {
    /** Of 60, its inventors' choice for lists of thousands, a passage that has one of the words would outdo every better one. */
    private static final int CONSTANT = 10;

    private static final int DEEPEST = 50;

    private Ranking() {}

    /** What orders count. */
    enum Way {
        WORDS,
        MEANING,
        BOTH
    }

    /**
     * A passage and how well it fits.
     *
     * @param score of the fused order; 0 where it stands in neither
     * @param words by BM25; 0 where it has none of the question's words
     * @param meaning the cosine of question and passage; null where there are no vectors
     */
    record Ranked(
            Passage passage,
            double score,
            double words,
            @Nullable Double meaning) {}

    /** The best first. */
    static List<Ranked> of(String question, float @Nullable [] vector, List<Passage> passages, Way way) {
        List<Fit> words = Bm25.of(question, passages.stream().map(Passage::text).toList());
        double[] meanings = passages.stream()
                .mapToDouble(passage -> meaning(vector, passage.vector()))
                .toArray();
        double[] scores = new double[passages.size()];
        if (way != Way.MEANING) {
            add(scores, words.stream().mapToDouble(Fit::score).toArray(), i -> words.get(i)
                    .share());
        }
        if (way != Way.WORDS) {
            add(scores, meanings, i -> 1);
        }
        return IntStream.range(0, scores.length)
                .filter(i -> scores[i] > 0)
                .mapToObj(i -> new Ranked(
                        passages.get(i),
                        scores[i],
                        words.get(i).score(),
                        Double.isNaN(meanings[i]) ? null : meanings[i]))
                .sorted(Comparator.comparingDouble(Ranked::score).reversed())
                .toList();
    }

    private static double meaning(float @Nullable [] question, float @Nullable [] passage) {
        return question == null || passage == null ? Double.NaN : Vectors.product(question, passage);
    }

    /** Adds the reciprocal ranks of an order to scores, each times a weight; what is not above 0 has no rank. */
    private static void add(double[] scores, double[] order, IntToDoubleFunction weight) {
        int[] best = IntStream.range(0, order.length)
                .filter(i -> order[i] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> order[i]).reversed())
                .limit(DEEPEST)
                .mapToInt(Integer::intValue)
                .toArray();
        for (int rank = 0; rank < best.length; rank++) {
            scores[best[rank]] += weight.applyAsDouble(best[rank]) / (CONSTANT + rank + 1);
        }
    }
}
