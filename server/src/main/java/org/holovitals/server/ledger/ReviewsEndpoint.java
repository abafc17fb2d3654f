package org.holovitals.server.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/audit/reviews}: accesses that somebody has to look at, such as those of an emergency. */
@RestController
@ConditionalOnWebApplication
final class ReviewsEndpoint {
    private static final String PATH = "/api/audit/reviews";
    private static final Set<String> FINDINGS = Set.of("appropriate", "inappropriate", "unclear");
    private static final int NOTES_LENGTH = 4000;

    private final ReviewQueue queue;
    private final Cursors cursors;
    private final Users users;
    private final Clock clock;

    ReviewsEndpoint(ReviewQueue queue, Cursors cursors, Users users, Clock clock) {
        this.queue = queue;
        this.cursors = cursors;
        this.users = users;
        this.clock = clock;
    }

    /**
     * A page, the newest first.
     *
     * @param next the path of the older ones; null on the last page
     */
    record Reviews(
            List<ReviewQueue.ReviewItem> items, @Nullable String next) {}

    /** What the reviewer holds of an access. */
    record Verdict(@Nullable String finding, @Nullable String notes) {}

    /** What was written down. */
    record ReviewMade(
            UUID id,
            UUID auditLogId,
            String finding,
            @Nullable String notes,
            Instant at) {}

    /**
     * A page.
     *
     * @param state open or done
     * @param cursor of a next page; the other parameters are in it
     */
    @GetMapping(PATH)
    @CalledBy(Kind.COMPLIANCE)
    Reviews list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String count,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        caller.call().record().action("read-reviews");
        caller.call().record().resource("audit_reviews", null);
        if (cursor == null) {
            return page(LogQuery.of("state", state, "count", count), null, caller);
        }
        Cursors.Content content =
                cursors.open(caller, PATH, cursor).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return page(LogQuery.of(content), content.position(), caller);
    }

    private Reviews page(LogQuery query, @Nullable Position after, Caller caller) {
        String state = query.text("state").orElse("open");
        if (!List.of("open", "done").contains(state)) {
            throw new Problem(ProblemType.INVALID_REQUEST, "state may be open or done");
        }
        Page<ReviewQueue.ReviewItem> page = queue.page(state.equals("done"), after, query.count());
        page.items().forEach(item -> caller.call().record().about(item.patients()));
        return new Reviews(
                page.items(),
                page.next() == null ? null : PATH + "?cursor=" + cursors.seal(caller, query.from(PATH, page.next())));
    }

    @PostMapping(PATH + "/{auditLogId}")
    @CalledBy(Kind.COMPLIANCE)
    @ResponseStatus(HttpStatus.CREATED)
    ReviewMade review(@PathVariable UUID auditLogId, @RequestBody Verdict verdict, Caller caller) {
        caller.call().record().action("review-access");
        caller.call().record().resource("audit_logs", auditLogId.toString());
        String finding = verdict.finding();
        if (finding == null || !FINDINGS.contains(finding)) {
            throw new Problem(ProblemType.INVALID_REQUEST, "finding has to be appropriate, inappropriate or unclear");
        }
        String notes = verdict.notes();
        if (notes != null && notes.length() > NOTES_LENGTH) {
            throw new Problem(ProblemType.INVALID_REQUEST, "notes has at most " + NOTES_LENGTH + " characters");
        }
        AuditRow row = queue.one(auditLogId).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        caller.call().record().about(row.patients());
        UUID reviewer = users.of(caller);
        requireReviewable(row, reviewer);
        Instant now = clock.instant();
        return new ReviewMade(queue.add(row, reviewer, finding, notes, now), auditLogId, finding, notes, now);
    }

    private static void requireReviewable(AuditRow row, UUID reviewer) {
        if (!row.requiresReview()) {
            throw new Problem(ProblemType.CONFLICT, "The access needs no review");
        }
        if (reviewer.equals(row.who().user())) {
            throw new Problem(ProblemType.FORBIDDEN, "Nobody reviews an access of his own");
        }
    }
}
