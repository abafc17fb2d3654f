package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.context.ContextOptimizer;
import org.holovitals.server.context.Estimate;
import org.holovitals.server.context.Estimator;
import org.holovitals.server.context.ModelPrice;
import org.holovitals.server.context.Optimized;
import org.holovitals.server.costs.ModelPrices;
import org.holovitals.server.egress.Gateway;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.Models;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;

/** Says what an analysis would come to, from the very record that it would read. */
final class Quotes {
    private static final String PATIENT = "Patient/";
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000);
    private static final int DIGITS = 8;

    private final VisibleRecords records;
    private final Materials materials;
    private final ModelPrices prices;
    private final Means means;

    Quotes(VisibleRecords records, Materials materials, ModelPrices prices, Means means) {
        this.records = records;
        this.materials = materials;
        this.prices = prices;
        this.means = means;
    }

    /** Who may read a record for an analysis. */
    record Analysts(List<Analyst> all, Models models, Gateway gateway) {
        boolean answersWith(ModelPrice price) {
            return all.stream().anyMatch(analyst -> analyst.answersWith(price));
        }
    }

    /**
     * What there is to answer with.
     *
     * @param machinePerMinute what a worker costs in a minute; zero in the server itself
     */
    record Means(Analysts analysts, Supplier<BigDecimal> machinePerMinute) {}

    /** What a record comes to for a question. */
    record Quote(String patient, Optimized optimized, Estimate estimate, BigDecimal machineCost) {
        /** Of model and machine. */
        BigDecimal cost() {
            return estimate.cost().add(machineCost);
        }
    }

    /**
     * For a caller.
     *
     * @throws Problem when nothing of the record is the caller's to read, as if there were none
     */
    Quote of(AnalysisRequest request, Caller caller) {
        String patient = patient(request.patient(), caller);
        caller.call().record().about(patient);
        if (!records.reaches(caller, patient)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        Optimized optimized = ContextOptimizer.optimize(
                request.text(),
                offered(request, caller, patient).stream()
                        .map(RecordText::passage)
                        .toList());
        Estimate estimate = Estimator.cheapest(
                        request.text(), optimized.text(), request.kind().strategy(), usable(request.model(), patient))
                .orElseThrow(() -> new Problem(ProblemType.UNAVAILABLE, "No model is set up that has a price"));
        BigDecimal machine = means.machinePerMinute()
                .get()
                .multiply(BigDecimal.valueOf(estimate.time().toMillis()))
                .divide(MINUTE, DIGITS, RoundingMode.HALF_UP);
        return new Quote(patient, optimized, estimate, machine);
    }

    private List<RecordText> offered(AnalysisRequest request, Caller caller, String patient) {
        try {
            return materials.offered(caller, patient, request.kind(), request.named());
        } catch (ShreddedException e) {
            throw Sealing.destroyed();
        }
    }

    /** The one that is asked for; else none to which anything would leave. */
    private List<ModelPrice> usable(@Nullable String name, String patient) {
        Model model = name == null ? null : permitted(name, patient);
        return prices.current().stream()
                .map(ModelPrices.Priced::price)
                .filter(price -> means.analysts().answersWith(price))
                .filter(price -> model == null
                        ? price.provider().equals(Extracts.PROVIDER)
                        : price.provider().equals(model.provider())
                                && price.model().equals(model.model()))
                .toList();
    }

    private Model permitted(String name, String patient) {
        Model model = means.analysts()
                .models()
                .named(name)
                .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "There is no such model here"));
        if (!means.analysts().gateway().permitted(model, patient).permitsText()) {
            throw new Problem(ProblemType.CONFLICT, "The record may not be sent to this model as text");
        }
        return model;
    }

    /** Whether a task is for the model that a request names. */
    boolean isFor(@Nullable String name, AnalysisTask.Plan plan) {
        return name == null
                ? plan.provider().equals(Extracts.PROVIDER)
                : means.analysts()
                        .models()
                        .named(name)
                        .filter(model -> model.provider().equals(plan.provider())
                                && model.model().equals(plan.model()))
                        .isPresent();
    }

    static String patient(@Nullable String asked, Caller caller) {
        return Optional.ofNullable(asked)
                .or(() -> Optional.ofNullable(caller.patient()))
                .or(() -> Optional.ofNullable(caller.fhirUser())
                        .filter(self -> self.startsWith(PATIENT))
                        .map(self -> self.substring(PATIENT.length())))
                .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "patient has to say whose record"));
    }
}
