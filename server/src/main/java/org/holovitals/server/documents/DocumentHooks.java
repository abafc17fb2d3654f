package org.holovitals.server.documents;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DocumentReference;
import org.holovitals.server.fhir.StorageHooks;

/**
 * A document ends with its DocumentReference, however that is deleted, and never moves to another patient: its bytes are sealed
 * for the one who brought them. Expunge runs no hook; the foreign key takes the row along, and the sweep the blob.
 */
@Interceptor
public final class DocumentHooks implements StorageHooks {
    private final Documents documents;
    private final StoredFiles files;

    DocumentHooks(Documents documents, StoredFiles files) {
        this.documents = documents;
        this.files = files;
    }

    /** A new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource former, IBaseResource resource) {
        if (resource instanceof DocumentReference reference) {
            key(reference).flatMap(documents::find).ifPresent(document -> requireSame(document, reference));
        }
    }

    private static void requireSame(Document document, DocumentReference reference) {
        String subject = reference.getSubject().getReferenceElement().getIdPart();
        if (!document.patient().equals(subject)) {
            throw new UnprocessableEntityException(
                    "DocumentReference.subject of a document whose bytes are kept here cannot be changed");
        }
    }

    /** The end. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource) {
        if (resource instanceof DocumentReference reference) {
            key(reference).flatMap(documents::delete).ifPresent(files::deleteAfterCommit);
        }
    }

    /** Ids of documents are ours; most DocumentReferences have others, and need no look at the table. */
    private static Optional<UUID> key(DocumentReference reference) {
        return DocumentIds.read(reference.getIdElement().getIdPart());
    }
}
