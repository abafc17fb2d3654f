package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
import org.holovitals.server.vault.TamperedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The bytes of documents. A file is read through once before its first byte is handed out, so that one that was tampered with
 * anywhere is not handed out at all; somebody has to look into it then.
 */
final class StoredFiles {
    private static final Logger LOG = LoggerFactory.getLogger(StoredFiles.class);

    private final BlobStore store;
    private final SealedBlobs blobs;
    private final Alerts alerts;

    StoredFiles(BlobStore store, SealedBlobs blobs, Alerts alerts) {
        this.store = store;
        this.blobs = blobs;
        this.alerts = alerts;
    }

    /** The same for somebody who asked: that he got nothing was not for want of permission. */
    InputStream openFor(Caller caller, Document document) {
        try {
            return open(document);
        } catch (Problem e) {
            caller.call().record().outcome(Outcome.FAILURE);
            throw e;
        }
    }

    /** The bytes, for the caller to close; a problem when they are not those that were kept. */
    InputStream open(Document document) {
        try {
            check(document);
            return opened(document);
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.DOCUMENT_UNREADABLE, "The key of this record was destroyed");
        } catch (TamperedException e) {
            throw damaged(document, "tampered");
        } catch (IOException e) {
            if (e.getCause() instanceof TamperedException) {
                throw damaged(document, "tampered");
            }
            LOG.warn("A document cannot be read: {}", e.getClass().getName());
            throw new Problem(ProblemType.UNAVAILABLE);
        }
    }

    private void check(Document document) throws IOException {
        try (InputStream bytes = opened(document)) {
            if (bytes.transferTo(OutputStream.nullOutputStream()) != document.size()) {
                throw new TamperedException("A blob is not the one that was kept");
            }
        }
    }

    private InputStream opened(Document document) throws IOException {
        Optional<InputStream> bytes = blobs.open(document.blob());
        return bytes.orElseThrow(() -> damaged(document, "missing"));
    }

    private Problem damaged(Document document, String how) {
        LOG.error("The bytes of document {} are {}", document.id(), how);
        alerts.raise(new Alert(
                "document-damaged:" + document.id(),
                null,
                "document-damaged",
                Severity.CRITICAL,
                Map.of("document", document.id().toString(), "how", how)));
        return new Problem(
                ProblemType.DOCUMENT_UNREADABLE,
                "What is kept of the document is " + (how.equals("missing") ? "not there" : "not what was kept"));
    }

    /** Deletes a blob that no row names; one that cannot be deleted now is swept later. */
    void delete(UUID blob) {
        try {
            store.delete(blob);
        } catch (IOException e) {
            LOG.warn(
                    "A blob cannot be deleted, the sweep will: {}", e.getClass().getName());
        }
    }

    /** The same when the transaction that runs is committed. */
    void deleteAfterCommit(UUID blob) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                delete(blob);
            }
        });
    }
}
