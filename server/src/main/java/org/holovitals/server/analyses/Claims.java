package org.holovitals.server.analyses;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which task comes next. Priorities are strict, so that ten thousand tasks of a lower one do not delay an urgent one; but
 * every fourth choice is the task that is longest past its target, so that a low one is not passed over for ever. Within a
 * priority users take turns.
 */
final class Claims {
    private static final int OVERDUE_EVERY = 4;
    private static final int FROM_THE_BEGINNING_EVERY = 16;

    private final AnalysisQueue queue;
    private final String worker;
    private final Duration lease;
    private final Map<Priority, Long> turns = new EnumMap<>(Priority.class);
    private int choices;

    Claims(AnalysisQueue queue, String worker, Duration lease) {
        this.queue = queue;
        this.worker = worker;
        this.lease = lease;
    }

    /** Takes it; empty when nothing waits that may begin. */
    synchronized Optional<AnalysisTask> next() {
        choices++;
        if (choices % FROM_THE_BEGINNING_EVERY == 0) {
            turns.clear();
        }
        if (choices % OVERDUE_EVERY == 0) {
            Optional<AnalysisTask> overdue = queue.claimOverdue(worker, lease);
            if (overdue.isPresent()) {
                return overdue;
            }
        }
        for (Priority priority : Priority.values()) {
            Optional<AnalysisTask> task = ofPriority(priority);
            if (task.isPresent()) {
                turns.put(priority, task.get().state().turn());
                return task;
            }
        }
        return Optional.empty();
    }

    /** From the turn on that was reached; a task that came back may have an earlier one. */
    private Optional<AnalysisTask> ofPriority(Priority priority) {
        long from = turns.getOrDefault(priority, 0L);
        Optional<AnalysisTask> task = queue.claim(priority, from, worker, lease);
        return task.isPresent() || from == 0 ? task : queue.claim(priority, 0, worker, lease);
    }
}
