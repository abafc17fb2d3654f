package org.holovitals.server.analyses;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.analyses.QueueReports.Count;
import org.holovitals.server.analyses.QueueReports.Dead;
import org.holovitals.server.analyses.QueueReports.Depth;
import org.holovitals.server.base.Ids;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/queue}: how the queue of analyses stands and what died in it, for administrators, without any content. */
@RestController
@ConditionalOnWebApplication
final class QueueEndpoint {
    private static final String TABLE = "analysis_queue";
    private static final int PAGE = 100;

    private final QueueReports reports;
    private final TaskEnds ends;
    private final Wakeups wakeups;

    QueueEndpoint(QueueReports reports, TaskEnds ends, Wakeups wakeups) {
        this.reports = reports;
        this.ends = ends;
        this.wakeups = wakeups;
    }

    /** How many tasks are in each state, and what waits with each priority. */
    record QueueView(List<Count> states, List<Depth> waiting) {}

    /**
     * A page of dead tasks, the newest first.
     *
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record DeadPage(List<Dead> items, @Nullable UUID next) {}

    @GetMapping("/api/queue")
    @CalledBy(Kind.ADMIN)
    QueueView queue(Caller caller) {
        note(caller, "read-queue", null);
        return new QueueView(reports.counts(), reports.depths());
    }

    @GetMapping("/api/queue/dead")
    @CalledBy(Kind.ADMIN)
    DeadPage dead(@RequestParam(required = false) @Nullable UUID after, Caller caller) {
        note(caller, "list-dead-analyses", null);
        List<Dead> found = reports.dead(after == null ? Ids.GREATEST : after, PAGE + 1);
        boolean isLast = found.size() <= PAGE;
        return new DeadPage(
                isLast ? found : found.subList(0, PAGE),
                isLast ? null : found.get(PAGE - 1).id());
    }

    /** It is tried as often once more; parts that were done are not done again. */
    @PostMapping("/api/queue/dead/{id}/requeue")
    @CalledBy(Kind.ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void requeue(@PathVariable UUID id, Caller caller) {
        note(caller, "requeue-analysis", id);
        if (!ends.requeue(task(id))) {
            throw new Problem(ProblemType.CONFLICT, "The analysis is not dead");
        }
        wakeups.send();
    }

    /** It counts as failed from then on. */
    @PostMapping("/api/queue/dead/{id}/discard")
    @CalledBy(Kind.ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable UUID id, Caller caller) {
        note(caller, "discard-analysis", id);
        if (!ends.discard(task(id))) {
            throw new Problem(ProblemType.CONFLICT, "The analysis is not dead");
        }
    }

    private AnalysisTask task(UUID id) {
        return reports.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static void note(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource(TABLE, id == null ? null : id.toString());
    }
}
