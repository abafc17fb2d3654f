package org.holovitals.server.analyses;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.analyses.Analyst.About;
import org.holovitals.server.analyses.Analyst.Asked;
import org.holovitals.server.analyses.Analyst.Extract;
import org.holovitals.server.analyses.Preparation.Prepared;
import org.holovitals.server.analyses.PromptSplits.Split;
import org.holovitals.server.analyses.Sealing.Place;
import org.holovitals.server.egress.Inquiry.Whose;
import org.holovitals.server.vault.ShreddedException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Works on one task: asks again whether it may be done, reads, has each part answered, asks once more and hands the result
 * over. Each part's result is kept when it is there, so a later attempt goes on behind it.
 */
final class TaskWork {
    private static final String NOT_PERMITTED =
            "The scopes or the consent under which this was accepted do not hold any more; nothing was read for it";
    private static final String NOT_PERMITTED_ANY_MORE =
            "The scopes or the consent under which this was accepted ended while it was worked on; its result was dropped";

    private static final String NOT_TO_LEAVE =
            "The record may not be sent to this model any more; nothing more of it was";

    private static final String KEY_DESTROYED =
            "The key of this record was destroyed, so nothing that was kept for this can be read any more";

    private final Acceptances acceptances;
    private final Preparation preparation;
    private final Preparation.Reading reading;
    private final List<Analyst> analysts;
    private final Keeping keeping;

    TaskWork(
            Acceptances acceptances,
            Preparation preparation,
            Preparation.Reading reading,
            List<Analyst> analysts,
            Keeping keeping) {
        this.acceptances = acceptances;
        this.preparation = preparation;
        this.reading = reading;
        this.analysts = analysts;
        this.keeping = keeping;
    }

    /** Where what is made is kept. */
    record Keeping(
            TaskLeases leases,
            PromptSplits splits,
            Sealing sealing,
            TaskEnds ends,
            Wakeups wakeups,
            TransactionOperations transactions) {}

    /**
     * Does all of it.
     *
     * @throws LeaseLost when another has the task; then nothing of this one's counts
     */
    void run(AnalysisTask task) throws InterruptedException {
        Caller caller = acceptances.caller(task);
        if (!acceptances.holds(caller, task)) {
            keeping.ends().refuse(task, caller, NOT_PERMITTED);
            return;
        }
        try {
            work(task, caller);
        } catch (ShreddedException e) {
            keeping.ends().refuse(task, caller, KEY_DESTROYED);
        }
    }

    private void work(AnalysisTask task, Caller caller) throws InterruptedException {
        String question = keeping.sealing().open(Sealing.prompt(task.id()), task.prompt());
        Prepared prepared = preparation.of(task, caller, question);
        List<Extract> extracts;
        try {
            extracts = extracts(task, caller, question, prepared.splits());
        } catch (ModelAnalyst.NotPermitted e) {
            keeping.ends().refuse(task, caller, NOT_TO_LEAVE);
            return;
        }
        AnalysisResult result = AnalysisResult.of(
                task,
                prepared.asOf(),
                prepared.splits().size(),
                Extracts.merged(question, extracts.stream()),
                prepared.sources());
        deliver(task, result);
    }

    private void deliver(AnalysisTask task, AnalysisResult result) {
        Caller caller = acceptances.caller(task);
        Set<String> sources = result.sources();
        if (!acceptances.holds(caller, task)
                || !reading.texts().readable(caller, sources).equals(sources)) {
            keeping.ends().refuse(task, caller, NOT_PERMITTED_ANY_MORE);
            return;
        }
        keeping.ends()
                .complete(
                        task,
                        keeping.sealing().sealJson(task.owner().patientRow(), Sealing.result(task.id()), result),
                        SourceCheck.report(result, reading.materials().read(caller, task)));
    }

    /** The parts are kept in an order in which each is behind all that it depends on. */
    private List<Extract> extracts(AnalysisTask task, Caller caller, String question, List<Split> splits)
            throws InterruptedException {
        Analyst analyst = analysts.stream()
                .filter(each ->
                        each.answersWith(task.plan().provider(), task.plan().model()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No analyst answers with this model any more"));
        About about = new About(
                task.id(),
                task.plan().provider(),
                new Whose(
                        caller,
                        task.owner().user(),
                        task.owner().patientRow(),
                        task.owner().patient()));
        Map<String, Extract> done = new HashMap<>();
        for (Split split : splits) {
            Extract extract = split.isDone() ? open(split) : answer(task, analyst, about, question, split, done);
            done.put(split.part().id(), extract);
        }
        return splits.stream().map(split -> done.get(split.part().id())).toList();
    }

    private Extract answer(
            AnalysisTask task, Analyst analyst, About about, String question, Split split, Map<String, Extract> done)
            throws InterruptedException {
        String content = keeping.sealing()
                .open(Preparation.content(split.id()), split.part().content());
        List<Extract> before =
                split.part().dependencies().stream().map(done::get).toList();
        Extract extract = analyst.answer(
                new Asked(task.plan().model(), question, content, split.part().isOutline(), before, about));
        keep(task, split, extract, done.size() + 1);
        return extract;
    }

    private void keep(AnalysisTask task, Split split, Extract extract, int number) {
        String sealed = keeping.sealing().sealJson(task.owner().patientRow(), place(split.id()), extract);
        int parts = Math.max(number, task.plan().parts());
        keeping.transactions().executeWithoutResult(status -> {
            if (!keeping.leases().progress(task, Math.min(99, 100 * number / parts), number + " parts done")) {
                throw new LeaseLost();
            }
            keeping.splits().finish(split.id(), sealed, extract);
            keeping.wakeups().send();
        });
    }

    private Extract open(Split split) {
        return keeping.sealing().openJson(place(split.id()), String.valueOf(split.sealedResult()), Extract.class);
    }

    private static Place place(UUID split) {
        return new Place("prompt_splits.result", split);
    }
}
