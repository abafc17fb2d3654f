package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.analyses.PromptSplits.Usage;
import org.holovitals.server.costs.AnalysisCosts;
import org.holovitals.server.costs.AnalysisCosts.Machine;
import org.holovitals.server.costs.Charge;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.models.ModelCalls.UnderWay;
import org.holovitals.server.models.ModelCalls.Used;
import org.jspecify.annotations.Nullable;

/** What tasks have cost, within the transaction that ends them. */
final class Settlement {
    private final TaskTransitions transitions;
    private final PromptSplits splits;
    private final Money money;
    private final Clock clock;

    Settlement(TaskTransitions transitions, PromptSplits splits, Money money, Clock clock) {
        this.transitions = transitions;
        this.splits = splits;
        this.money = money;
        this.clock = clock;
    }

    /**
     * Where costs go.
     *
     * @param calls of models, by which it is known what was used, whatever became of it
     */
    record Money(Charges charges, AnalysisCosts costs, Quotas quotas, ModelCalls calls) {}

    /** Keeps once more what a task was said to come to, of its user's day of now; empty when that would be too much. */
    Optional<UUID> keepAgain(AnalysisTask task) {
        return money.quotas()
                .reserve(task.owner().user(), task.plan().cost(), task.plan().tokens());
    }

    /** What was used is paid, however the task ended, and so is the time on machines in all attempts. */
    @Nullable
    BigDecimal settle(AnalysisTask task) {
        Spent spent = spent(task);
        Machine machine = transitions.payMachines(task.id());
        long tokens = spent.usage().inputTokens() + spent.usage().outputTokens();
        if (tokens > 0 || machine.cost().signum() > 0) {
            money.costs().add(use(task, spent.usage(), machine), spent.charge());
        }
        @Nullable BigDecimal model = spent.charge().cost();
        @Nullable BigDecimal cost = model == null ? null : model.add(machine.cost());
        @Nullable UUID reservation = task.plan().reservation();
        if (reservation != null) {
            money.quotas().settle(reservation, cost, tokens);
        }
        return cost;
    }

    private record Spent(Usage usage, Charge charge) {}

    /** By the calls where a model was called: one may have been paid for and its part be lost, or asked for twice. */
    private Spent spent(AnalysisTask task) {
        Usage parts = splits.settle(task.id());
        money.calls().underWayOf(task.id()).forEach(this::lose);
        Used used = money.calls().settle(task.id());
        String currency = task.plan().currency();
        if (used.number() > 0) {
            return new Spent(
                    new Usage(used.inputTokens(), used.outputTokens()), new Charge(used.cost(), currency, null));
        }
        return new Spent(
                parts,
                parts.inputTokens() + parts.outputTokens() == 0
                        ? new Charge(BigDecimal.ZERO, currency, null)
                        : money.charges()
                                .of(
                                        task.plan().provider(),
                                        task.plan().model(),
                                        parts.inputTokens(),
                                        parts.outputTokens()));
    }

    /** Nobody will hear its end: its worker has died, or has lost the task. */
    private void lose(UnderWay call) {
        Charge charge = money.charges()
                .of(
                        call.provider(),
                        call.model(),
                        call.most().inputTokens(),
                        call.most().outputTokens());
        money.calls().lose(call.id(), charge.cost(), charge.currency());
    }

    private AnalysisCosts.Use use(AnalysisTask task, Usage usage, Machine machine) {
        @Nullable Instant started = task.state().startedAt();
        Instant now = clock.instant();
        return new AnalysisCosts.Use(
                task.owner().user(),
                task.id(),
                task.plan().model(),
                usage.inputTokens(),
                usage.outputTokens(),
                machine,
                started == null || started.isAfter(now) ? Duration.ZERO : Duration.between(started, now));
    }
}
