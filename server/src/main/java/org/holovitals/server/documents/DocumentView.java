package org.holovitals.server.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.documents.DocumentLinks.Link;
import org.jspecify.annotations.Nullable;

/**
 * A document, as it is listed.
 *
 * @param patient FHIR id of the patient
 * @param size bytes
 * @param type the MIME type of the bytes
 * @param sha256 of the bytes, in hexadecimal
 * @param documentType in the words of whoever brought it
 * @param status how far the reading of its text is
 * @param failure why no text could be read, as a code
 * @param pagesRead how many pages are read
 * @param pageCount how many pages there are; null until the first is read
 * @param links to documents that the caller may read, too
 */
record DocumentView(
        UUID id,
        String patient,
        String name,
        long size,
        String type,
        String sha256,
        @Nullable String documentType,
        @Nullable LocalDate documentDate,
        Instant uploadedAt,
        String status,
        @Nullable String failure,
        int pagesRead,
        @Nullable Integer pageCount,
        List<LinkView> links) {

    /** How one document belongs to another. */
    record LinkView(UUID source, UUID target, String relationship) {}

    /**
     * A page, the last one that was brought first.
     *
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record Page(List<DocumentView> items, @Nullable UUID next) {}

    static DocumentView of(Document document, List<Link> links) {
        return new DocumentView(
                document.id(),
                document.patient(),
                document.name(),
                document.size(),
                document.type().mimeType(),
                document.sha256(),
                document.kind(),
                document.date(),
                document.uploaded(),
                document.status().code(),
                document.failure(),
                document.progress().read(),
                document.progress().of(),
                links.stream()
                        .map(link -> new LinkView(link.source(), link.target(), link.relationship()))
                        .toList());
    }
}
