package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.analyses.PromptSplits.Usage;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.costs.AnalysisCosts;
import org.holovitals.server.costs.Charge;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.notifications.Notification;
import org.holovitals.server.notifications.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How tasks end. The new state, what it cost, what was kept for it and what its user is told are one transaction, which
 * happens only while the fencing token is the worker's own: so each happens once.
 */
final class TaskEnds {
    private static final int BACKOFF = 4;

    private final AnalysisQueue queue;
    private final PromptSplits splits;
    private final Money money;
    private final News news;
    private final Commit commit;

    TaskEnds(AnalysisQueue queue, PromptSplits splits, Money money, News news, Commit commit) {
        this.queue = queue;
        this.splits = splits;
        this.money = money;
        this.news = news;
        this.commit = commit;
    }

    /** Where costs go. */
    record Money(Charges charges, AnalysisCosts costs, Quotas quotas) {}

    /** Who is told. */
    record News(Notifications notifications, Alerts alerts, TaskLog log) {}

    /**
     * How an end is committed.
     *
     * @param pause before the second attempt; later ones wait four times as long as the one before
     */
    record Commit(TransactionOperations transactions, Clock clock, Duration pause) {}

    /** From processing to completed. */
    void complete(AnalysisTask task, String sealedResult) {
        commit.transactions().executeWithoutResult(status -> {
            // The row is locked before anything is counted, so that nobody else can end the task meanwhile.
            require(queue.progress(task, 100, ""));
            Charge charge = settle(task);
            require(queue.complete(task, sealedResult, charge.cost()));
            tell(task, "analysis-completed", "Your analysis is done");
        });
    }

    /** From processing to failed: the caller may not read what it is about, and nothing more is read. */
    void refuse(AnalysisTask task, Caller caller, String reason) {
        commit.transactions().executeWithoutResult(status -> {
            require(queue.fail(task, reason));
            settle(task);
            tell(task, "analysis-failed", "Your analysis could not be made");
            news.log().read(task, caller, Outcome.REFUSED);
        });
    }

    /** From processing to queued for a later attempt, or to dead after the last one, of which operators are told. */
    void failed(AnalysisTask task, String reason) {
        if (!queue.retry(task, pause(task))) {
            bury(task, reason);
        }
    }

    /** From processing to dead; nothing happens when another has it. */
    void bury(AnalysisTask task, String reason) {
        commit.transactions().executeWithoutResult(status -> {
            if (queue.bury(task, reason)) {
                settle(task);
                tell(task, "analysis-failed", "Your analysis could not be made");
                news.alerts()
                        .raise(new Alert(
                                "analysis-dead:" + task.id(),
                                null,
                                "analysis-dead",
                                Severity.HIGH,
                                Map.of(
                                        "task",
                                        task.id().toString(),
                                        "attempts",
                                        task.state().attempts())));
            }
        });
    }

    /** From queued or processing to cancelled; false when it is at an end already, or not the user's. */
    boolean cancel(AnalysisTask task) {
        return Boolean.TRUE.equals(commit.transactions().execute(status -> {
            boolean isCancelled = queue.cancel(task.id(), task.owner().user());
            if (isCancelled) {
                settle(task);
            }
            return isCancelled;
        }));
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

    /** What the parts that were done have used is paid, however the task ended. */
    private Charge settle(AnalysisTask task) {
        Usage usage = splits.usage(task.id());
        long tokens = usage.inputTokens() + usage.outputTokens();
        Charge charge = tokens == 0
                ? new Charge(BigDecimal.ZERO, task.plan().currency(), null)
                : money.charges()
                        .of(task.plan().provider(), task.plan().model(), usage.inputTokens(), usage.outputTokens());
        if (tokens > 0) {
            money.costs().add(use(task, usage), charge);
        }
        @Nullable UUID reservation = task.plan().reservation();
        if (reservation != null) {
            money.quotas().settle(reservation, charge.cost(), tokens);
        }
        return charge;
    }

    private AnalysisCosts.Use use(AnalysisTask task, Usage usage) {
        @Nullable Instant started = task.state().startedAt();
        Instant now = commit.clock().instant();
        return new AnalysisCosts.Use(
                task.owner().user(),
                task.id(),
                task.plan().model(),
                usage.inputTokens(),
                usage.outputTokens(),
                BigDecimal.ZERO,
                started == null || started.isAfter(now) ? Duration.ZERO : Duration.between(started, now));
    }

    private void tell(AnalysisTask task, String type, String message) {
        news.notifications()
                .tellOnce(
                        "analysis:" + task.id(),
                        task.owner().user(),
                        new Notification(type, message, false, "/analyses/" + task.id()));
    }
}
