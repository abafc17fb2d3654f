package org.holovitals.server.review;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemDocument;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.review.Bodies.Confirmation;
import org.holovitals.server.review.Bodies.Correction;
import org.holovitals.server.review.Bodies.Rejection;
import org.holovitals.server.review.Decisions.By;
import org.holovitals.server.review.Views.CandidateView;
import org.holovitals.server.review.Views.Outcome;
import org.holovitals.server.review.Views.Outcomes;
import org.holovitals.server.review.Views.Page;
import org.holovitals.server.users.Users;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/review}: what was found in documents, for whoever may read them to look at and, where he may write it, to decide. */
@RestController
@ConditionalOnWebApplication
final class ReviewEndpoint {
    private static final int MOST = 100;
    private static final String USUAL = "20";
    private static final String TABLE = "extracted_data";

    private final Inbox inbox;
    private final Decisions decisions;
    private final Users users;

    ReviewEndpoint(Inbox inbox, Decisions decisions, Users users) {
        this.inbox = inbox;
        this.decisions = decisions;
        this.users = users;
    }

    /**
     * Those of a record, the last one that was found first.
     *
     * @param status {@code open} unless it is given: {@code auto} and {@code needs_review}; or one status, or {@code all}
     */
    @GetMapping("/api/review")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Page list(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable UUID document,
            @RequestParam(defaultValue = "open") String status,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        note(caller, "list-review", null);
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        return inbox.list(caller, new Inbox.Filter(patient, document, statuses(status)), after, count);
    }

    @GetMapping("/api/review/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    CandidateView read(@PathVariable UUID id, Caller caller) {
        note(caller, "read-review", id);
        return inbox.read(caller, id);
    }

    /** It is as it was read. */
    @PostMapping("/api/review/{id}/confirm")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    CandidateView confirm(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Confirmation body,
            Caller caller,
            HttpServletRequest request) {
        note(caller, "confirm-value", id);
        return decided(caller, request, (body == null ? new Confirmation(null, null) : body).of(id));
    }

    /** It is something else. */
    @PostMapping("/api/review/{id}/correct")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    CandidateView correct(
            @PathVariable UUID id, @RequestBody Correction body, Caller caller, HttpServletRequest request) {
        note(caller, "correct-value", id);
        return decided(caller, request, body.of(id));
    }

    /** It is not to be in the record. */
    @PostMapping("/api/review/{id}/reject")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    CandidateView reject(
            @PathVariable UUID id, @RequestBody Rejection body, Caller caller, HttpServletRequest request) {
        note(caller, "reject-value", id);
        return decided(caller, request, body.of(id));
    }

    private CandidateView decided(Caller caller, HttpServletRequest request, Choice choice) {
        decisions.decide(new By(caller, users.of(caller), request), choice);
        return inbox.read(caller, choice.id());
    }

    /** Decides many, each by itself; the answer says what became of each. */
    @PostMapping("/api/review/decisions")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Outcomes decide(@RequestBody Bodies.Decisions body, Caller caller, HttpServletRequest request) {
        note(caller, "decide-values", null);
        List<Choice> choices = choices(body);
        By by = new By(caller, users.of(caller), request);
        try {
            return new Outcomes(
                    choices.stream().map(choice -> outcome(by, choice)).toList());
        } finally {
            // Each that writes has a row of its own, and a transaction says that it is all; the rest stand in the
            // request's.
            caller.call().record().parts(choices.size() + 1);
        }
    }

    private static List<Choice> choices(Bodies.Decisions body) {
        List<Choice> choices = new ArrayList<>();
        Set<UUID> ids = new HashSet<>();
        for (Bodies.Decision decision : body.decisions() == null ? List.<Bodies.Decision>of() : body.decisions()) {
            Choice choice = decision.choice();
            choices.add(choice);
            if (!ids.add(choice.id())) {
                throw new Problem(ProblemType.INVALID_REQUEST, "An id stands in decisions twice");
            }
        }
        if (choices.isEmpty() || choices.size() > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "decisions has to hold from 1 to " + MOST);
        }
        return choices;
    }

    private Outcome outcome(By by, Choice choice) {
        try {
            String resource = decisions.decide(by, choice);
            by.caller().call().record().count("decided", choice.deed().status().code());
            return new Outcome(choice.id(), choice.deed().status().code(), resource, null);
        } catch (ShreddedException e) {
            return refused(
                    by, choice, new Problem(ProblemType.SEALED_UNREADABLE, "The key of this record was destroyed"));
        } catch (Problem e) {
            return refused(by, choice, e);
        }
    }

    private static Outcome refused(By by, Choice choice, Problem problem) {
        by.caller().call().record().count("decided", "refused");
        return new Outcome(choice.id(), null, null, ProblemDocument.of(problem));
    }

    private static Set<Status> statuses(String text) {
        try {
            return switch (text) {
                case "open" -> Status.OPEN;
                case "all" -> EnumSet.allOf(Status.class);
                default -> EnumSet.of(Status.valueOf(text.toUpperCase(Locale.ROOT)));
            };
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST,
                    "status has to be open, all, auto, needs_review, confirmed, corrected or rejected");
        }
    }

    static void note(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource(TABLE, id == null ? null : id.toString());
    }
}
