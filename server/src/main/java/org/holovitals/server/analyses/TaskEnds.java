package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
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
    private final Settlement settlement;
    private final News news;
    private final Commit commit;

    TaskEnds(TaskTransitions transitions, Settlement settlement, News news, Commit commit) {
        this.transitions = transitions;
        this.settlement = settlement;
        this.news = news;
        this.commit = commit;
    }

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
    record Commit(TransactionOperations transactions, Duration pause) {}

    /** From processing to completed. */
    void complete(AnalysisTask task, String sealedResult, TaskEnd.Report report) {
        commit.transactions().executeWithoutResult(status -> {
            // The row is locked before anything is counted, so that nobody else can end the task meanwhile.
            require(transitions.hold(task));
            @Nullable BigDecimal cost = settlement.settle(task);
            require(transitions.complete(task, sealedResult, cost));
            tell(task, "analysis-completed", "Your analysis is done");
            end(task, Status.COMPLETED, "", report);
        });
    }

    /** From processing to failed: the caller may not read what it is about, or nobody can, and nothing more is read. */
    void refuse(AnalysisTask task, Caller caller, String reason) {
        commit.transactions().executeWithoutResult(status -> {
            require(transitions.fail(task, reason));
            settlement.settle(task);
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
                settlement.settle(task);
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
                settlement.settle(task);
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
            UUID kept = settlement
                    .keepAgain(task)
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
