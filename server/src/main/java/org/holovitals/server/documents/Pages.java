package org.holovitals.server.documents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.PageTexts.SealedPage;
import org.holovitals.server.texts.PageText;

/** The pages of documents: sealed when they are read, opened for whoever may read them. */
final class Pages {
    private final PageTexts rows;
    private final PageSealing sealing;
    private final Ids ids;

    Pages(PageTexts rows, PageSealing sealing, Ids ids) {
        this.rows = rows;
        this.sealing = sealing;
        this.ids = ids;
    }

    /** Keeps one, in the transaction that runs. */
    void keep(Document document, PageText page, Instant now) {
        SealedPage sealed = sealing.seal(document.record(), ids.next(), page);
        rows.add(document.id(), sealed, now);
    }

    /** Those of a document behind one that was shown already, in their order. */
    List<PageText> of(UUID document, int after, int limit) {
        return rows.list(document, after, limit).stream().map(sealing::open).toList();
    }
}
