package org.holovitals.server.documents;

import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.PendingFiles.Brought;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps files that come before the DocumentReference that will have them. Until then nobody may read them. */
final class WaitingFiles {
    private final InlineFiles inline;
    private final PendingFiles.Keeping keeping;
    private final Bringers bringers;
    private final TransactionTemplate transactions;

    WaitingFiles(
            InlineFiles inline, PendingFiles.Keeping keeping, Bringers bringers, TransactionTemplate transactions) {
        this.inline = inline;
        this.keeping = keeping;
        this.bringers = bringers;
        this.transactions = transactions;
    }

    /** Takes one for a patient; gives the id of its Binary. */
    UUID take(Caller caller, DocumentReach.Target target, byte[] bytes) {
        InlineFile file = inline.plain(bytes);
        transactions.executeWithoutResult(
                status -> PendingFiles.ofTransaction(keeping).await(new Brought(file, target, bringers.of(caller))));
        return file.id();
    }
}
