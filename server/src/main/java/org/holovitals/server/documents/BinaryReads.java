package org.holovitals.server.documents;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.fhir.FhirServerInterceptor;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/**
 * Answers {@code GET /fhir/Binary/ID} for a document: whoever has a scope to read Binaries and may read the DocumentReference gets
 * the bytes. What is unknown or hidden goes on to HAPI, which has the words for it.
 */
@Interceptor
public final class BinaryReads implements FhirServerInterceptor {
    private static final String TYPE = "Binary";

    private final Documents documents;
    private final DocumentReach reach;
    private final StoredFiles files;
    private final FhirCalls calls;

    BinaryReads(Documents documents, DocumentReach reach, StoredFiles files, FhirCalls calls) {
        this.documents = documents;
        this.reach = reach;
        this.files = files;
        this.calls = calls;
    }

    /** False when the request is answered. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean answer(ServletRequestDetails request) throws IOException {
        if (request.getRestOperationType() != RestOperationTypeEnum.READ || !TYPE.equals(request.getResourceName())) {
            return true;
        }
        Optional<Caller> caller = calls.caller(request);
        Optional<Document> document =
                DocumentIds.read(request.getId().getIdPart()).flatMap(documents::find);
        if (caller.isEmpty() || document.isEmpty() || !mayRead(caller.get(), document.get())) {
            return true;
        }
        name(caller.get(), document.get().id());
        try (InputStream bytes = open(caller.get(), document.get())) {
            new BinaryAnswer(document.get()).write(request, bytes);
        }
        return false;
    }

    /** A problem of the API in FHIR's words. */
    private InputStream open(Caller caller, Document document) {
        try {
            return files.openFor(caller, document);
        } catch (Problem e) {
            String reason = String.valueOf(e.getMessage());
            throw e.type() == ProblemType.DOCUMENT_UNREADABLE
                    ? new ResourceGoneException(reason)
                    : new UnclassifiedServerFailureException(e.type().status().value(), reason);
        }
    }

    /** Whose record somebody tried to look into stands in the log, also when he is told of nothing. */
    private boolean mayRead(Caller caller, Document document) {
        caller.call().record().about(document.patient());
        return !calls.scopes(caller, TYPE, Interaction.READ).isEmpty() && reach.mayRead(caller, document);
    }

    private static void name(Caller caller, UUID id) {
        caller.call().record().action("read");
        caller.call().record().resource(TYPE, id.toString());
    }
}
