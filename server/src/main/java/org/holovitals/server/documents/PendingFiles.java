package org.holovitals.server.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.DocumentReference;
import org.holovitals.server.documents.Attachments.New;
import org.holovitals.server.documents.Bringers.Bringer;
import org.holovitals.server.documents.DocumentReach.Target;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.PatientKeys;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The files of the DocumentReferences that a transaction stores. They are kept right before it is committed: then its patients have
 * their rows and so their keys, also those who came in the same bundle. Each is durable before the commit; where there is none it
 * is deleted, or swept.
 */
final class PendingFiles implements TransactionSynchronization {
    private static final Logger LOG = LoggerFactory.getLogger(PendingFiles.class);

    private final Keeping keeping;
    private final Map<Long, Stored> pending = new LinkedHashMap<>();
    private final List<UUID> blobs = new ArrayList<>();

    private PendingFiles(Keeping keeping) {
        this.keeping = keeping;
    }

    /** Where they go. */
    record Keeping(
            Documents documents,
            Attachments attachments,
            SealedBlobs sealed,
            StoredFiles files,
            PatientKeys keys,
            Clock clock) {}

    /** A DocumentReference as it was stored, and by whom. */
    record Stored(DocumentReference reference, Bringer by) {}

    /** A file, whose it is and who brings it. */
    record Brought(InlineFile file, Target target, Bringer by) {}

    /** Those of the transaction that runs. */
    static PendingFiles ofTransaction(Keeping keeping) {
        PendingFiles known = (PendingFiles) TransactionSynchronizationManager.getResource(keeping);
        if (known != null) {
            return known;
        }
        PendingFiles made = new PendingFiles(keeping);
        TransactionSynchronizationManager.bindResource(keeping, made);
        TransactionSynchronizationManager.registerSynchronization(made);
        return made;
    }

    void add(long resourceKey, Stored stored) {
        pending.put(resourceKey, stored);
    }

    /** Keeps a file of which no DocumentReference is there yet; its patient is. */
    void await(Brought file) {
        keep(null, file, false);
    }

    /** A DocumentReference that ends in the transaction that stored it has none to keep. */
    static void forget(Keeping keeping, long resourceKey) {
        if (TransactionSynchronizationManager.getResource(keeping) instanceof PendingFiles known) {
            known.pending.remove(resourceKey);
        }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        pending.forEach((key, stored) -> InFhir.run(() -> keep(key, stored)));
        pending.clear();
    }

    private void keep(long resourceKey, Stored stored) {
        String patient = String.valueOf(
                stored.reference().getSubject().getReferenceElement().getIdPart());
        List<UUID> named = InlineFiles.named(stored.reference());
        for (InlineFile file : InlineFile.of(stored.reference())) {
            UUID record = keeping.keys()
                    .record(patient)
                    .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "A file is kept for a patient only"));
            Brought kept = new Brought(file, new Target(record, patient), stored.by());
            keep(resourceKey, kept, named.contains(file.id()));
        }
        keeping.attachments().claim(resourceKey, patient, named);
        keeping.attachments().current(resourceKey, named);
    }

    private void keep(@Nullable Long resourceKey, Brought kept, boolean isCurrent) {
        InlineFile file = kept.file();
        Instant now = keeping.clock().instant().truncatedTo(ChronoUnit.MICROS);
        Document document = document(file, kept.target(), now);
        if (keeping.documents().add(document, kept.by().user())) {
            seal(document, file.bytes());
        } else {
            document = keeping.documents()
                    .ofBytes(kept.target().record(), file.sha256())
                    .orElseThrow();
            kept.by().requireMet(document);
        }
        New row = new New(file.id(), document.id(), file.sha1());
        keeping.attachments().add(row, resourceKey, isCurrent, now);
    }

    private static Document document(InlineFile file, Target target, Instant now) {
        return new Document(
                file.id(),
                target.record(),
                target.patient(),
                file.id(),
                file.words().name(),
                file.bytes().length,
                file.type(),
                file.sha256(),
                file.words().kind(),
                file.words().date(),
                now,
                DocumentStatus.PENDING,
                null,
                Document.Progress.NONE,
                List.of());
    }

    private void seal(Document document, byte[] bytes) {
        try {
            keeping.sealed().put(document.blob(), document.record(), new ByteArrayInputStream(bytes));
            blobs.add(document.blob());
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.CONFLICT, Uploads.SHREDDED);
        } catch (IOException e) {
            LOG.warn("A document cannot be kept: {}", e.getClass().getName());
            throw new Problem(ProblemType.UNAVAILABLE, "The file cannot be kept now");
        }
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(keeping);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(keeping, this);
    }

    /** Where nobody knows whether it was committed, the sweep finds out. */
    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(keeping);
        if (status == STATUS_ROLLED_BACK) {
            blobs.forEach(keeping.files()::delete);
        }
    }
}
