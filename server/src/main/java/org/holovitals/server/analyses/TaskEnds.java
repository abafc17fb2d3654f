package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.analyses.PromptSplits.Usage;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.costs.AnalysisCosts;
import org.holovitals.server.costs.AnalysisCosts.Machine;
import org.holovitals.server.costs.Charge;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.models.ModelCalls.UnderWay;
import org.holovitals.server.models.ModelCalls.Used;
import org.holovitals.server.notifications.Notification;
import org.holovitals.server.notifications.Notifications;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How tasks end. The new state, what it cost, what was kept for it and what its user is told are one transaction, which
 * happens only while the fencing token is the worker's own: so each happens once.
 */
final class TaskEnds {
    private static final int BACKOFF = 4;
    private static final String NOT_MADE = "Your analysis could not be made";

    private static final String DISCARDED = "It failed as often as it may be tried, and was given up";

    private final TaskTransitions transitions;
    private final PromptSplits splits;
    private final Money money;
    private final News news;
    private final Commit commit;

    TaskEnds(TaskTransitions transitions, PromptSplits splits, Money money, News news, Commit commit) {
        this.transitions = transitions;
        this.splits = splits;
        this.money = money;
        this.news = news;
        this.commit = commit;
    }

    /**
     * Where costs go.
     *
     * @param calls of models, by which it is known what was used, whatever became of it
     */
    record Money(Charges charges, AnalysisCosts costs, Quotas quotas, ModelCalls calls) {}

    /**
     * Who is told.
     *
     * @param endings whoever else waits for an end
     */
    record News(Notifications notifications, Alerts alerts, TaskLog log, List<TaskEndings> endings) {}

    /**
     * How an end is committed.
     *
     * @param pause before the second attempt; later ones wait four times as long as the one before
     */
    record Commit(TransactionOperations transactions, Clock clock, Duration pause) {}

    /** From processing to completed. */
    void complete(AnalysisTask task, String sealedResult, TaskEnd.Report report) {
        commit.transactions().executeWithoutResult(status -> {
            // The row is locked before anything is counted, so that nobody else can end the task meanwhile.
            require(transitions.hold(task));
            @Nullable BigDecimal cost = settle(task);
            require(transitions.complete(task, sealedResult, cost));
            tell(task, "analysis-completed", "Your analysis is done");
            end(task, Status.COMPLETED, "", report);
        });
    }

    /** From processing to failed: the caller may not read what it is about, or nobody can, and nothing more is read. */
    void refuse(AnalysisTask task, Caller caller, String reason) {
        commit.transactions().executeWithoutResult(status -> {
            require(transitions.fail(task, reason));
            settle(task);
            tell(task, "analysis-failed", NOT_MADE);
            end(task, Status.FAILED, reason, null);
            news.log().read(task, caller, Outcome.REFUSED);
        });
    }

    /** From processing to queued for a later attempt, or to dead after the last one, of which operators are told. */
    void failed(AnalysisTask task, String reason) {
        if (!transitions.retry(task, pause(task))) {
            bury(task, reason);
        }
    }

    /** From processing to dead; nothing happens when another has it. */
    void bury(AnalysisTask task, String reason) {
        commit.transactions().executeWithoutResult(status -> {
            if (transitions.bury(task, reason)) {
                settle(task);
                tell(task, "analysis-failed", NOT_MADE);
                end(task, Status.DEAD, reason, null);
                news.alerts().raise(dead(task));
            }
        });
    }

    private static Alert dead(AnalysisTask task) {
        return new Alert(
                "analysis-dead:" + task.id(),
                null,
                "analysis-dead",
                Severity.HIGH,
                Map.of("task", task.id().toString(), "attempts", task.state().attempts()));
    }

    /** From queued or processing to cancelled; false when it is at an end already, or not the user's. */
    boolean cancel(AnalysisTask task) {
        return Boolean.TRUE.equals(commit.transactions().execute(status -> {
            boolean isCancelled = transitions.cancel(task.id(), task.owner().user());
            if (isCancelled) {
                settle(task);
                end(task, Status.CANCELLED, "It was cancelled", null);
            }
            return isCancelled;
        }));
    }

    /**
     * From dead to queued, paid by the user's day of now; false when it is not dead.
     *
     * @throws Problem when the user may not spend it today
     */
    boolean requeue(AnalysisTask task) {
        return Boolean.TRUE.equals(commit.transactions().execute(status -> {
            UUID kept = money.quotas()
                    .reserve(
                            task.owner().user(), task.plan().cost(), task.plan().tokens())
                    .orElseThrow(() -> new Problem(ProblemType.CONFLICT, "Its user may not spend more today"));
            boolean isQueued = transitions.requeue(task, kept);
            if (isQueued) {
                news.notifications().forget(key(task));
                news.endings().forEach(ending -> ending.reopened(task.id()));
            } else {
                status.setRollbackOnly();
            }
            return isQueued;
        }));
    }

    /** From dead to failed; false when it is not dead. */
    boolean discard(AnalysisTask task) {
        return transitions.discard(task.id(), DISCARDED);
    }

    private void end(AnalysisTask task, Status status, String reason, TaskEnd.@Nullable Report report) {
        TaskEnd end = new TaskEnd(task.id(), status, reason, task.plan().model(), report);
        news.endings().forEach(ending -> ending.ended(end));
    }

    private static void require(boolean isHeld) {
        if (!isHeld) {
            throw new LeaseLost();
        }
    }

    private Duration pause(AnalysisTask task) {
        return commit.pause()
                .multipliedBy((long) Math.pow(BACKOFF, Math.max(0, task.state().attempts() - 1)));
    }

    /** What was used is paid, however the task ended, and so is the time on machines in all attempts. */
    private @Nullable BigDecimal settle(AnalysisTask task) {
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
        Instant now = commit.clock().instant();
        return new AnalysisCosts.Use(
                task.owner().user(),
                task.id(),
                task.plan().model(),
                usage.inputTokens(),
                usage.outputTokens(),
                machine,
                started == null || started.isAfter(now) ? Duration.ZERO : Duration.between(started, now));
    }

    private void tell(AnalysisTask task, String type, String message) {
        news.notifications()
                .tellOnce(
                        key(task),
                        task.owner().user(),
                        new Notification(type, message, false, "/analyses/" + task.id()));
    }

    private static String key(AnalysisTask task) {
        return "analysis:" + task.id();
    }
}
