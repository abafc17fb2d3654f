package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.holovitals.server.access.Caller;
import org.holovitals.server.analyses.AnalysisTask.Owner;
import org.holovitals.server.analyses.AnalysisTask.Plan;
import org.holovitals.server.analyses.AnalysisTask.State;
import org.holovitals.server.analyses.Quotes.Quote;
import org.holovitals.server.base.Ids;
import org.holovitals.server.context.Estimate;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.PatientKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Takes tasks into the queue, once for each key, and keeps what they will cost of what their users may spend. */
final class Submissions {
    private final AnalysisQueue queue;
    private final Quotes quotes;
    private final Acceptances acceptances;
    private final Sealing sealing;
    private final Desk desk;

    Submissions(AnalysisQueue queue, Quotes quotes, Acceptances acceptances, Sealing sealing, Desk desk) {
        this.queue = queue;
        this.quotes = quotes;
        this.acceptances = acceptances;
        this.sealing = sealing;
        this.desk = desk;
    }

    /** What a task is taken in with. */
    record Desk(
            Quotas quotas,
            Wakeups wakeups,
            PatientKeys keys,
            Ids ids,
            AnalysisSettings settings,
            TransactionOperations transactions) {}

    /**
     * How one is taken in.
     *
     * @param key unique among the user's own
     * @param most what it may cost by its quote; null where the user's limit alone counts
     * @param link what stands together with the task or not at all
     */
    record Terms(String key, @Nullable BigDecimal most, Consumer<UUID> link) {
        static Terms of(String key) {
            return new Terms(key, null, task -> {});
        }
    }

    /**
     * A task that is in the queue.
     *
     * @param isNew whether this request put it there
     */
    record Accepted(AnalysisTask task, boolean isNew) {}

    /**
     * Takes a task in; the same request with the same key gives the same task, however often it comes.
     *
     * @throws Problem when the key was sent with another request, or it would be more than the user may use
     */
    Accepted submit(AnalysisRequest request, Terms terms, Caller caller, UUID user) {
        String key = terms.key();
        Optional<AnalysisTask> before = queue.byKey(user, key);
        if (before.isPresent()) {
            return again(before.get(), request, caller);
        }
        if (queue.open(user) >= desk.settings().open()) {
            throw new Problem(ProblemType.QUOTA_EXCEEDED, "Too many of the caller's analyses wait or run");
        }
        Quote quote = quotes.of(request, caller);
        if (terms.most() != null && quote.cost().compareTo(terms.most()) > 0) {
            throw new Problem(
                    ProblemType.CONFLICT, "It would cost more than was accepted; ask for the quote once more");
        }
        boolean isAdded = Boolean.TRUE.equals(desk.transactions().execute(status -> {
            AnalysisTask task = task(request, key, caller, user, quote);
            boolean added = queue.add(task);
            if (added) {
                terms.link().accept(task.id());
                desk.wakeups().send();
            } else {
                // Another request with the key came first; what was kept for this one goes back.
                status.setRollbackOnly();
            }
            return added;
        }));
        AnalysisTask task = queue.byKey(user, key).orElseThrow();
        return isAdded ? new Accepted(task, true) : again(task, request, caller);
    }

    private Accepted again(AnalysisTask task, AnalysisRequest request, Caller caller) {
        boolean isSame = task.kind() == request.kind()
                && task.priority() == request.urgency()
                && task.documents().equals(request.named())
                && quotes.isFor(request.model(), task.plan())
                && task.owner().patient().equals(Quotes.patient(request.patient(), caller))
                && sealing.openFor(Sealing.prompt(task.id()), task.prompt()).equals(request.text());
        if (!isSame) {
            throw new Problem(ProblemType.IDEMPOTENCY_KEY_REUSED);
        }
        return new Accepted(task, false);
    }

    private AnalysisTask task(AnalysisRequest request, String key, Caller caller, UUID user, Quote quote) {
        UUID id = desk.ids().next();
        UUID patientRow = desk.keys().record(quote.patient()).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        Acceptance acceptance = acceptances.of(caller, quote.patient());
        Instant now = acceptance.at();
        return new AnalysisTask(
                id,
                new Owner(user, patientRow, quote.patient()),
                request.kind(),
                request.urgency(),
                sealing.sealFor(patientRow, Sealing.prompt(id), request.text()),
                plan(quote, user),
                new State(
                        Status.QUEUED,
                        0,
                        desk.settings().attempts(),
                        0,
                        0,
                        0,
                        null,
                        null,
                        null,
                        now,
                        now.plus(request.urgency().target()),
                        null,
                        null),
                acceptance.json(),
                request.named(),
                key,
                null);
    }

    private Plan plan(Quote quote, UUID user) {
        Estimate estimate = quote.estimate();
        BigDecimal cost = quote.cost();
        long tokens = estimate.inputTokens() + estimate.outputTokens();
        UUID reservation =
                desk.quotas().reserve(user, cost, tokens).orElseThrow(() -> new Problem(ProblemType.QUOTA_EXCEEDED));
        return new Plan(
                estimate.price().provider(),
                estimate.price().model(),
                tokens,
                estimate.window(),
                estimate.splits(),
                cost,
                estimate.price().currency(),
                reservation);
    }
}
