package org.holovitals.server.documents;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.UUID;
import java.util.function.Predicate;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;

/** Tells who brings files by FHIR, where there are callers. */
final class Bringers {
    private final FhirCalls calls;
    private final Users users;
    private final DocumentReach reach;

    Bringers(FhirCalls calls, Users users, DocumentReach reach) {
        this.calls = calls;
        this.users = users;
        this.reach = reach;
    }

    /**
     * Whoever brings a file.
     *
     * @param user the row of a person; null for a service, an import and the server itself
     */
    record Bringer(@Nullable UUID user, Predicate<Document> mayMeet) {
        static final Bringer SERVER = new Bringer(null, document -> true);

        /** Refuses, as an upload does, where the record has the same bytes and hides them from him. */
        void requireMet(Document document) {
            if (!document.references().isEmpty() && !mayMeet.test(document)) {
                throw new Problem(ProblemType.CONFLICT, NewDocuments.HIDDEN);
            }
        }
    }

    Bringer of(@Nullable RequestDetails request) {
        return calls.caller(request).map(this::of).orElse(Bringer.SERVER);
    }

    Bringer of(Caller caller) {
        return new Bringer(users.bySubject(caller.subject()).orElse(null), document -> reach.mayRead(caller, document));
    }
}
