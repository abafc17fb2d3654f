package org.holovitals.server.documents;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DocumentReference;
import org.holovitals.server.documents.Bringers.Bringer;
import org.holovitals.server.fhir.StorageHooks;

/**
 * What a DocumentReference says of files is so, however it is written: a file inside of it becomes a document, one that it names no
 * more leaves the shelf, and all of them end with it. It never moves to another patient: its bytes are sealed for the one whose they
 * are. Expunge runs no hook; the foreign key takes the attachments along, and the sweep the rest.
 */
@Interceptor
public final class DocumentHooks implements StorageHooks {
    /** Behind what looks whether the caller may, and behind the rows of patients. */
    private static final int LATE = 50;

    private final InlineFiles inline;
    private final PendingFiles.Keeping keeping;
    private final Function<RequestDetails, Bringer> bringers;

    DocumentHooks(InlineFiles inline, PendingFiles.Keeping keeping, Function<RequestDetails, Bringer> bringers) {
        this.inline = inline;
        this.keeping = keeping;
        this.bringers = bringers;
    }

    /** About to be stored for the first time. */
    @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = LATE)
    public void creating(IBaseResource resource) {
        if (resource instanceof DocumentReference reference) {
            InFhir.run(() -> inline.takeOut(reference, sha256 -> Optional.empty()));
            measure(reference);
        }
    }

    /** About to get a new version. */
    @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = LATE)
    public void updating(IBaseResource former, IBaseResource resource) {
        if (resource instanceof DocumentReference reference) {
            String id = reference.getIdElement().getIdPart();
            InFhir.run(() ->
                    inline.takeOut(reference, sha256 -> keeping.attachments().ofBytes(id, sha256)));
            measure(reference);
        }
    }

    private void measure(DocumentReference reference) {
        String patient =
                String.valueOf(reference.getSubject().getReferenceElement().getIdPart());
        InlineFiles.measure(reference, named -> keeping.attachments().waiting(patient, named));
    }

    /** Stored for the first time, or again after it was deleted. */
    @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = LATE)
    public void created(RequestDetails request, IBaseResource resource) {
        if (resource instanceof DocumentReference reference
                && !InlineFiles.named(reference).isEmpty()) {
            add(request, reference);
        }
    }

    /** A new version. */
    @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = LATE)
    public void updated(RequestDetails request, IBaseResource former, IBaseResource resource) {
        if (resource instanceof DocumentReference reference) {
            String patient = reference.getSubject().getReferenceElement().getIdPart();
            if (keeping.attachments().areOfAnother(key(reference), String.valueOf(patient))) {
                throw new UnprocessableEntityException(
                        "DocumentReference.subject of a document whose bytes are kept here cannot be changed");
            }
            add(request, reference);
        }
    }

    private void add(RequestDetails request, DocumentReference reference) {
        PendingFiles.ofTransaction(keeping)
                .add(key(reference), new PendingFiles.Stored(reference, bringers.apply(request)));
    }

    /** The end. */
    @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED, order = LATE)
    public void deleted(IBaseResource resource) {
        if (resource instanceof DocumentReference reference) {
            long key = key(reference);
            PendingFiles.forget(keeping, key);
            List<UUID> had = keeping.attachments().delete(key);
            if (!had.isEmpty()) {
                keeping.documents().deleteUnattached(had).forEach(keeping.files()::deleteAfterCommit);
            }
        }
    }

    private static long key(DocumentReference stored) {
        JpaPid key = Objects.requireNonNull(IDao.RESOURCE_PID.get(stored), "a stored resource has its key");
        return Objects.requireNonNull(key.getId());
    }
}
