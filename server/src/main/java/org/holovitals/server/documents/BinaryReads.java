package org.holovitals.server.documents;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.documents.Attachments.Attached;
import org.holovitals.server.fhir.FhirServerInterceptor;

/**
 * Answers {@code GET /fhir/Binary/ID} for a document: whoever has a scope to read Binaries and may read a DocumentReference that has it gets
 * the bytes. What is unknown or hidden goes on to HAPI, which has the words for it.
 */
@Interceptor
public final class BinaryReads implements FhirServerInterceptor {
    private static final String TYPE = "Binary";

    private final Documents documents;
    private final Attachments attachments;
    private final DocumentReach reach;
    private final StoredFiles files;
    private final FhirCalls calls;

    BinaryReads(NewDocuments.Rows rows, DocumentReach reach, StoredFiles files, FhirCalls calls) {
        this.documents = rows.documents();
        this.attachments = rows.attachments();
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
        List<Attached> attached = DocumentIds.read(request.getId().getIdPart())
                .map(attachments::ofBinary)
                .orElse(List.of());
        if (caller.isEmpty() || attached.isEmpty()) {
            return true;
        }
        Optional<Document> found = documents.find(attached.get(0).document());
        Optional<Attached> met = found.flatMap(document -> met(caller.get(), document, attached));
        if (met.isEmpty()) {
            return true;
        }
        name(caller.get(), request.getId().getIdPart());
        Document document = found.get();
        try (InputStream bytes = InFhir.words(() -> files.openFor(caller.get(), document))) {
            new BinaryAnswer(document, request.getId().getIdPart(), met.get().reference()).write(request, bytes);
        }
        return false;
    }

    /**
     * The DocumentReference by which the caller may have the bytes, also one that had them in a former version. Whose record somebody
     * tried to look into stands in the log, also when he is told of nothing.
     */
    private Optional<Attached> met(Caller caller, Document document, List<Attached> attached) {
        caller.call().record().about(document.patient());
        return calls.scopes(caller, TYPE, Interaction.READ).isEmpty()
                ? Optional.empty()
                : attached.stream()
                        .filter(each -> reach.may(caller, Interaction.READ, each.reference(), document.patient()))
                        .findFirst();
    }

    private static void name(Caller caller, String id) {
        caller.call().record().action("read");
        caller.call().record().resource(TYPE, id);
    }
}
