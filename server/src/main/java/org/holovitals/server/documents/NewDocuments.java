package org.holovitals.server.documents;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.Attachments.New;
import org.holovitals.server.documents.Uploads.Taken;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes row and DocumentReference of a file whose bytes are kept, unless the patient has the same bytes already. */
final class NewDocuments {
    static final String HIDDEN = "The file cannot be added to this record";

    private final Documents documents;
    private final Attachments attachments;
    private final DocumentReferences references;
    private final StoredFiles files;
    private final DocumentReach reach;
    private final TransactionTemplate transactions;

    NewDocuments(
            Rows rows,
            DocumentReferences references,
            StoredFiles files,
            DocumentReach reach,
            TransactionTemplate transactions) {
        this.documents = rows.documents();
        this.attachments = rows.attachments();
        this.references = references;
        this.files = files;
        this.reach = reach;
        this.transactions = transactions;
    }

    /** Where it is written. */
    record Rows(Documents documents, Attachments attachments) {}

    /** The document, or the one that has these bytes; then the new blob is deleted. */
    Taken add(Caller caller, UUID user, Document document, byte[] sha1) {
        boolean isKept = false;
        try {
            Taken taken = written(user, document, sha1);
            isKept = taken.isNew();
            if (!isKept && !reach.mayRead(caller, taken.document())) {
                throw new Problem(ProblemType.CONFLICT, HIDDEN);
            }
            return taken;
        } finally {
            if (!isKept) {
                files.delete(document.blob());
            }
        }
    }

    private Taken written(UUID user, Document document, byte[] sha1) {
        Optional<Document> same = same(document);
        if (same.filter(known -> !known.references().isEmpty()).isPresent()) {
            return new Taken(same.get(), false);
        }
        try {
            boolean isNew = Boolean.TRUE.equals(transactions.execute(status -> stored(user, document, sha1)));
            return new Taken(isNew ? document : same(document).orElseThrow(), isNew);
        } catch (InvalidRequestException e) {
            throw new Problem(ProblemType.CONFLICT, "The patient's record was deleted meanwhile");
        }
    }

    /** Whether it is new. The same bytes may have come twice at once, or be on no shelf any more: then they are put there again. */
    private boolean stored(UUID user, Document document, byte[] sha1) {
        boolean isNew = documents.add(document, user);
        Document known = isNew ? document : same(document).orElseThrow();
        if (isNew || known.references().isEmpty()) {
            long key = references.store(DocumentReferences.of(document, sha1));
            attachments.add(
                    new New(document.id(), known.id(), HexFormat.of().formatHex(sha1)), key, true, document.uploaded());
        }
        return isNew;
    }

    private Optional<Document> same(Document document) {
        return documents.ofBytes(document.record(), document.sha256());
    }
}
