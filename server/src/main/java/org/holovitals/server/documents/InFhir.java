package org.holovitals.server.documents;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.function.Supplier;
import org.holovitals.server.problem.Problem;

/** Problems of the API as FHIR has them: the same status, and an OperationOutcome in place of the problem. */
final class InFhir {
    private InFhir() {}

    /** What something gives, or its problem in FHIR's words. */
    static <T> T words(Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem e) {
            throw of(e);
        }
    }

    /** The same of what gives nothing. */
    static void run(Runnable work) {
        words(() -> {
            work.run();
            return true;
        });
    }

    private static BaseServerResponseException of(Problem problem) {
        int status = problem.type().status().value();
        String text = String.valueOf(problem.getMessage());
        return new UnclassifiedServerFailureException(status, text);
    }
}
