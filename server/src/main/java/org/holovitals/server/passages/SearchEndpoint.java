package org.holovitals.server.passages;

import java.util.List;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.passages.PassageSearch.Hit;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/documents/search}: what documents say about something. It is posted, since addresses stand in logs. */
@RestController
@ConditionalOnWebApplication
final class SearchEndpoint {
    private static final int MOST = 50;
    private static final int USUAL = 10;
    private static final int LONGEST = 1000;

    private final PassageSearch search;

    SearchEndpoint(PassageSearch search) {
        this.search = search;
    }

    /**
     * What is looked for.
     *
     * @param q a question or words
     * @param patient whose documents; the caller's own where it is not given
     * @param count how many passages at the most
     */
    record Wanted(
            @Nullable String q,
            @Nullable String patient,
            @Nullable Integer count) {}

    /** Passages, the best first. */
    record Found(List<Hit> hits) {}

    @PostMapping("/api/documents/search")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Found search(@RequestBody Wanted wanted, Caller caller) {
        caller.call().record().action("search-document-texts");
        caller.call().record().resource("documents", null);
        String question = checked(wanted.q());
        int count = wanted.count() == null ? USUAL : wanted.count();
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        try {
            return new Found(search.searchAsked(caller, wanted.patient(), question, count));
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.DOCUMENT_UNREADABLE, "The key of this record was destroyed");
        }
    }

    private static String checked(@Nullable String question) {
        if (question == null || question.isBlank()) {
            throw new Problem(ProblemType.INVALID_REQUEST, "q is missing");
        } else if (question.length() > LONGEST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "q is longer than " + LONGEST + " characters");
        }
        return question.strip();
    }
}
