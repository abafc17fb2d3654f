package org.holovitals.server.documents;

import java.time.Instant;
import java.util.UUID;
import org.holovitals.server.texts.PageText;

/** Is told of each page of a document whose text was read, in the transaction that keeps the text. */
public interface PageListener {
    /**
     * A page was read.
     *
     * @param document the row in documents
     * @param record the patient's row in patients, under whose key what is made of it is sealed
     */
    void read(UUID document, UUID record, PageText page, Instant now);
}
