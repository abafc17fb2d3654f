package org.holovitals.server.analyses;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.analyses.Submissions.Accepted;
import org.holovitals.server.analyses.Submissions.Terms;
import org.holovitals.server.base.Ids;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/analyses}: questions to a record that take longer than an answer, each seen by whoever asked and nobody else. */
@RestController
@ConditionalOnWebApplication
final class AnalysisEndpoint {
    private static final int MOST = 100;
    private static final String USUAL = "20";
    private static final int LONGEST_KEY = 255;

    private final AnalysisDesk desk;
    private final Submissions submissions;
    private final AnalysisQueue queue;
    private final Results results;
    private final Users users;

    AnalysisEndpoint(AnalysisDesk desk, Submissions submissions, AnalysisQueue queue, Results results, Users users) {
        this.desk = desk;
        this.submissions = submissions;
        this.queue = queue;
        this.results = results;
        this.users = users;
    }

    /**
     * A page, newest first.
     *
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record Page(List<AnalysisView> items, @Nullable UUID next) {}

    @PostMapping("/api/analyses/quote")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Quoted quote(@RequestBody AnalysisRequest request, Caller caller) {
        caller.call().record().action("quote-analysis");
        caller.call().record().resource("analysis_queue", null);
        return desk.quote(request, caller);
    }

    /** The key is one of the IETF's draft "The Idempotency-Key HTTP Header Field", with or without its quotes. */
    @PostMapping("/api/analyses")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ResponseEntity<AnalysisView> submit(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody AnalysisRequest request,
            Caller caller) {
        caller.call().record().action("submit-analysis");
        Accepted accepted = submissions.submit(request, Terms.of(key(key)), caller, users.of(caller));
        UUID id = accepted.task().id();
        caller.call().record().resource("analysis_queue", id.toString());
        return (accepted.isNew() ? ResponseEntity.created(URI.create("/api/analyses/" + id)) : ResponseEntity.ok())
                .body(AnalysisView.of(accepted.task()));
    }

    @GetMapping("/api/analyses")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Page list(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        caller.call().record().action("list-analyses");
        caller.call().record().resource("analysis_queue", null);
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        List<AnalysisView> found =
                queue.page(users.of(caller), after == null ? Ids.GREATEST : after, count + 1).stream()
                        .map(AnalysisView::of)
                        .toList();
        boolean isLast = found.size() <= count;
        return new Page(
                isLast ? found : found.subList(0, count),
                isLast ? null : found.get(count - 1).id());
    }

    @GetMapping("/api/analyses/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    AnalysisView status(@PathVariable UUID id, Caller caller) {
        return AnalysisView.of(own(id, caller, "read-analysis-status"));
    }

    @GetMapping("/api/analyses/{id}/result")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    AnalysisResult result(@PathVariable UUID id, Caller caller) {
        return results.of(own(id, caller, "read-analysis"), caller);
    }

    /** An analysis that is cancelled already stays so; one that has ended otherwise cannot be. */
    @PostMapping("/api/analyses/{id}/cancel")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    AnalysisView cancel(@PathVariable UUID id, Caller caller) {
        AnalysisTask task = own(id, caller, "cancel-analysis");
        results.cancel(task);
        AnalysisTask after = queue.find(id, task.owner().user()).orElseThrow();
        if (after.state().status() != Status.CANCELLED) {
            throw new Problem(ProblemType.CONFLICT, "The analysis has ended already");
        }
        return AnalysisView.of(after);
    }

    private AnalysisTask own(UUID id, Caller caller, String action) {
        caller.call().record().action(action);
        caller.call().record().resource("analysis_queue", id.toString());
        return queue.find(id, users.of(caller)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static String key(@Nullable String header) {
        String key = header == null ? "" : header.strip().replaceAll("^\"|\"$", "");
        if (key.isBlank() || key.length() > LONGEST_KEY || key.startsWith(AnalysisDesk.PREFIX)) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST,
                    "The header Idempotency-Key has to name the request, so that it is not made twice");
        }
        return key;
    }
}
