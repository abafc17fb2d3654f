package org.holovitals.server.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Example;

final class EstimatorTest {
    private static final ModelPrice SMALL = price("small", 10_000, "1");
    private static final ModelPrice LARGE = price("large", 200_000, "5");
    private static final ModelPrice LARGER = price("larger", 1_000_000, "5");

    private static ModelPrice price(String model, long window, String input) {
        return new ModelPrice("test", model, window, 4_000, new BigDecimal(input), null, new BigDecimal(input), "USD");
    }

    private static Estimate cheapest(String text) {
        return Estimator.cheapest("What?", text, Strategy.PARALLEL, List.of(LARGER, SMALL, LARGE))
                .orElseThrow();
    }

    @Example
    void theCheapestModelWhoseWindowHoldsTheWholeIsChosen() {
        assertThat(cheapest("One sentence. ".repeat(500)).price()).isEqualTo(SMALL);
        // 3 tokens a sentence: beyond 8,000 less the question and the answer, though not beyond 10,000.
        Estimate large = cheapest("One sentence. ".repeat(2_600));
        assertThat(large.price()).isEqualTo(LARGER);
        assertThat(large.splits()).isEqualTo(1);
        assertThat(cheapest("One sentence. ".repeat(300_000)).price()).isEqualTo(SMALL);
    }

    @Example
    void anEstimateIsTheSumOfItsParts() {
        Estimate estimate = Estimator.of(SMALL, "What?", "One sentence. ".repeat(5_000), Strategy.SEQUENTIAL);
        assertThat(estimate.splits()).isEqualTo(3);
        assertThat(estimate.window()).isEqualTo(8_000 - 2 - Estimator.OUTPUT_PER_PART);
        assertThat(estimate.outputTokens()).isEqualTo(3 * Estimator.OUTPUT_PER_PART);
        assertThat(estimate.cost()).isEqualTo(SMALL.cost(estimate.inputTokens(), estimate.outputTokens()));
    }

    @Example
    void costsAreExactToTheEighthDecimal() {
        ModelPrice price =
                new ModelPrice("test", "m", 1, 1, new BigDecimal("0.15"), null, new BigDecimal("0.6"), "USD");
        assertThat(price.cost(1, 0)).isEqualTo(new BigDecimal("0.00000015"));
        assertThat(price.cost(7, 3)).isEqualTo(new BigDecimal("0.00000285"));
        assertThat(price.cost(0, 0)).isEqualTo(new BigDecimal("0E-8"));
    }

    @Example
    void withoutAModelThatHoldsAnythingThereIsNoEstimate() {
        assertThat(Estimator.cheapest("What?", "text", Strategy.PARALLEL, List.of(price("tiny", 100, "1"))))
                .isEmpty();
    }
}
