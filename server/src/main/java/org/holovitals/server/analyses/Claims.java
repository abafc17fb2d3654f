package org.holovitals.server.analyses;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.analyses.TaskLeases.Worker;

/**
 * Which task comes next. Priorities are strict, so that ten thousand tasks of a lower one do not delay an urgent one; but
 * every fourth choice is the task that is longest past its target, so that a low one is not passed over for ever. Within a
 * priority users take turns.
 */
final class Claims {
    private static final int OVERDUE_EVERY = 4;
    private static final int FROM_THE_BEGINNING_EVERY = 16;

    private final TaskLeases leases;
    private final Worker worker;
    private final Map<Priority, Long> turns = new EnumMap<>(Priority.class);
    private int choices;

    Claims(TaskLeases leases, Worker worker) {
        this.leases = leases;
        this.worker = worker;
    }

    /** The same for a machine. */
    Claims on(UUID instance) {
        return new Claims(leases, new Worker(worker.name(), worker.lease(), instance));
    }

    /** Takes it; empty when nothing waits that may begin. */
    synchronized Optional<AnalysisTask> next() {
        choices++;
        if (choices % FROM_THE_BEGINNING_EVERY == 0) {
            turns.clear();
        }
        if (choices % OVERDUE_EVERY == 0) {
            Optional<AnalysisTask> overdue = leases.claimOverdue(worker);
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
        Optional<AnalysisTask> task = leases.claim(priority, from, worker);
        return task.isPresent() || from == 0 ? task : leases.claim(priority, 0, worker);
    }
}
