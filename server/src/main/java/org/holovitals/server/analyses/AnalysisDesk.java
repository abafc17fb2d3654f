package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.function.Consumer;
import org.holovitals.server.access.Caller;
import org.holovitals.server.analyses.Submissions.Terms;

/** Lets another feature put questions into the queue for its callers, by the rules of {@code /api/analyses}. */
public final class AnalysisDesk {
    /** Of the keys that this server makes itself. */
    static final String PREFIX = "escalation:";

    private final Quotes quotes;
    private final Submissions submissions;

    AnalysisDesk(Quotes quotes, Submissions submissions) {
        this.quotes = quotes;
        this.submissions = submissions;
    }

    /** What an analysis would come to; nothing is kept. */
    public Quoted quote(AnalysisRequest request, Caller caller) {
        return Quoted.of(request, quotes.of(request, caller));
    }

    /**
     * Takes a question in, once for each key.
     *
     * @param key unique among the user's own
     * @param most what it may come to by its quote
     * @param link what stands together with the task or not at all, given its id
     */
    public AnalysisView submit(
            AnalysisRequest request, UUID key, Caller caller, UUID user, BigDecimal most, Consumer<UUID> link) {
        Terms terms = new Terms(PREFIX + key, most, link);
        return AnalysisView.of(submissions.submit(request, terms, caller, user).task());
    }
}
