package org.holovitals.server.models;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.context.ModelPrice;
import org.holovitals.server.costs.ModelPrices;
import org.holovitals.server.costs.ModelPrices.Priced;
import org.holovitals.server.models.ModelPerformance.Line;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/models}: which models may be asked for, what they cost, and how they did. */
@RestController
@ConditionalOnWebApplication
final class ModelsEndpoint {
    private static final Duration LATELY = Duration.ofMinutes(15);
    private static final int LAST_CALLS = 5;
    private static final int MOST_HOURS = 24 * 31;
    private static final int MOST_LINES = 10_000;

    private final Models models;
    private final ModelCalls calls;
    private final ModelPerformance performance;
    private final ModelPrices prices;
    private final Clock clock;

    ModelsEndpoint(Models models, ModelCalls calls, ModelPerformance performance, ModelPrices prices, Clock clock) {
        this.models = models;
        this.calls = calls;
        this.performance = performance;
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * A model.
     *
     * @param name to ask for
     * @param window tokens that it reads and writes in one call
     * @param egress the most that may leave for it; what the patient permits counts as well
     * @param input price of a million tokens that it reads, in digits; null where it is not known
     * @param output the same of what it writes
     * @param health by its last calls, such as {@code degraded} or {@code down}; {@code unknown} where there were none
     */
    record View(
            String name,
            String model,
            String provider,
            long window,
            String egress,
            @Nullable String input,
            @Nullable String output,
            @Nullable String currency,
            String health) {}

    @GetMapping("/api/models")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN, Kind.ADMIN})
    List<View> models(Caller caller) {
        caller.call().record().action("read-models");
        caller.call().record().resource("model_calls", null);
        return models.all().stream().map(this::view).toList();
    }

    private View view(Model model) {
        ModelPrice price =
                prices.of(model.provider(), model.model()).map(Priced::price).orElse(null);
        return new View(
                model.name(),
                model.model(),
                model.provider(),
                price == null ? model.window() : price.contextWindow(),
                model.egress().text(),
                price == null ? null : price.inputPrice().toPlainString(),
                price == null ? null : price.outputPrice().toPlainString(),
                price == null ? null : price.currency(),
                health(calls.lastEnds(model, LAST_CALLS, clock.instant().minus(LATELY))));
    }

    private static String health(List<String> ends) {
        long failed = ends.stream().filter("failed"::equals).count();
        return ends.isEmpty() ? "unknown" : failed == ends.size() ? "down" : failed > 0 ? "degraded" : "healthy";
    }

    /** The hours of the last day, or of more. */
    @GetMapping("/api/models/performance")
    @CalledBy(Kind.ADMIN)
    List<Line> performance(@RequestParam(defaultValue = "24") int hours, Caller caller) {
        caller.call().record().action("read-model-performance");
        caller.call().record().resource("model_performance", null);
        if (hours < 1 || hours > MOST_HOURS) {
            throw new Problem(ProblemType.INVALID_REQUEST, "hours may be 1 to " + MOST_HOURS);
        }
        Instant from = clock.instant().minus(Duration.ofHours(hours));
        return performance.since(from, MOST_LINES);
    }
}
