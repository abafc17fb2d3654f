package org.holovitals.server.context;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses the cheapest model that will do, and says what an analysis by it comes to. */
public final class Estimator {
    /** Tokens that an answer to one part is given. */
    public static final long OUTPUT_PER_PART = 800;

    private static final long READ_PER_SECOND = 2_500;
    private static final long WRITTEN_PER_SECOND = 50;

    private Estimator() {}

    /**
     * By the cheapest model whose window holds the whole at the threshold; where none does, by the one that is cheapest in
     * parts. Of equally cheap ones the one with the larger window, then by name. Empty without a model that holds anything.
     */
    public static Optional<Estimate> cheapest(
            String question, String text, Strategy strategy, List<ModelPrice> prices) {
        long questionTokens = Tokens.count(question);
        long textTokens = Tokens.count(text);
        Comparator<Estimate> cheapest = Comparator.comparing(Estimate::cost)
                .thenComparing(estimate -> -estimate.price().contextWindow())
                .thenComparing(estimate -> estimate.price().provider())
                .thenComparing(estimate -> estimate.price().model());
        List<ModelPrice> roomy = prices.stream()
                .filter(price -> room(price, questionTokens) >= PromptSplitter.SMALLEST_WINDOW)
                .toList();
        List<ModelPrice> whole = roomy.stream()
                .filter(price -> textTokens <= room(price, questionTokens))
                .toList();
        return (whole.isEmpty() ? roomy : whole)
                .stream().map(price -> of(price, question, text, strategy)).min(cheapest);
    }

    /** By one model. */
    public static Estimate of(ModelPrice price, String question, String text, Strategy strategy) {
        long questionTokens = Tokens.count(question);
        long window = room(price, questionTokens);
        List<Part> parts = PromptSplitter.split(text, strategy, window);
        long input = parts.stream().mapToLong(Part::tokens).sum() + parts.size() * questionTokens;
        long output = parts.size() * output(price);
        return new Estimate(
                price,
                input,
                output,
                price.cost(input, output),
                Duration.ofSeconds(1 + input / READ_PER_SECOND + output / WRITTEN_PER_SECOND),
                window,
                parts.size());
    }

    private static long room(ModelPrice price, long questionTokens) {
        return price.room(questionTokens, output(price));
    }

    private static long output(ModelPrice price) {
        return Math.min(OUTPUT_PER_PART, price.outputLimit());
    }
}
