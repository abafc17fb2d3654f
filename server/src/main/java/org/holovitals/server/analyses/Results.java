package org.holovitals.server.analyses;

import org.holovitals.server.access.Caller;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Hands results to those who asked, as far as they may still read what it was made of. */
final class Results {
    private final VisibleRecords records;
    private final RecordTexts texts;
    private final Sealing sealing;
    private final TaskEnds ends;

    Results(VisibleRecords records, RecordTexts texts, Sealing sealing, TaskEnds ends) {
        this.records = records;
        this.texts = texts;
        this.sealing = sealing;
        this.ends = ends;
    }

    /** The result, without the statements of which the caller may not read every source now. */
    AnalysisResult of(AnalysisTask task, Caller caller) {
        String sealed = task.result();
        if (sealed == null) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    "There is no result: the analysis is "
                            + task.state().status().text());
        }
        caller.call().record().about(task.owner().patient());
        if (!records.reaches(caller, task.owner().patient())) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        AnalysisResult result = sealing.openJsonFor(Sealing.result(task.id()), sealed, AnalysisResult.class);
        return result.shown(texts.readable(caller, result.sources()));
    }

    /** Ends a task that has not ended. */
    void cancel(AnalysisTask task) {
        var unused = ends.cancel(task);
    }
}
