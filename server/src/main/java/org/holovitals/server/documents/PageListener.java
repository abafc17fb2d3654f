package org.holovitals.server.documents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.texts.PageText;

/** Is told of the pages of a document whose text was read, in the transaction that keeps the text. */
public interface PageListener {
    /**
     * All pages were read.
     *
     * @param document the row in documents
     * @param record the patient's row in patients, under whose key what is made of it is sealed
     */
    void read(UUID document, UUID record, List<PageText> pages, Instant now);
}
