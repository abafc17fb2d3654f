package org.holovitals.server.documents;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.Uploads.Taken;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes row and DocumentReference of a file whose bytes are kept, unless the patient has the same bytes already. */
final class NewDocuments {
    private final Documents documents;
    private final DocumentReferences references;
    private final StoredFiles files;
    private final DocumentReach reach;
    private final TransactionTemplate transactions;

    NewDocuments(
            Documents documents,
            DocumentReferences references,
            StoredFiles files,
            DocumentReach reach,
            TransactionTemplate transactions) {
        this.documents = documents;
        this.references = references;
        this.files = files;
        this.reach = reach;
        this.transactions = transactions;
    }

    /** The document, or the one that has these bytes; then the new blob is deleted. */
    Taken add(Caller caller, UUID user, Document document, byte[] sha1) {
        boolean isKept = false;
        try {
            Taken taken = written(user, document, sha1);
            isKept = taken.isNew();
            if (!isKept && !reach.mayRead(caller, taken.document())) {
                throw new Problem(ProblemType.CONFLICT, "The file cannot be added to this record");
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
        if (same.isPresent()) {
            return new Taken(same.get(), false);
        }
        try {
            transactions.executeWithoutResult(
                    status -> documents.add(document, user, references.store(DocumentReferences.of(document, sha1))));
            return new Taken(document, true);
        } catch (DuplicateKeyException e) {
            // The same bytes came twice at once, and the other was faster.
            return new Taken(same(document).orElseThrow(), false);
        } catch (InvalidRequestException e) {
            throw new Problem(ProblemType.CONFLICT, "The patient's record was deleted meanwhile");
        }
    }

    private Optional<Document> same(Document document) {
        return documents.ofBytes(document.record(), document.sha256());
    }
}
