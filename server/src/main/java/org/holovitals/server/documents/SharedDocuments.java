package org.holovitals.server.documents;

import java.io.InputStream;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Documents for other features, under the same rules as at {@code /api/documents}. */
public final class SharedDocuments {
    private final Documents documents;
    private final DocumentReach reach;
    private final StoredFiles files;

    SharedDocuments(Documents documents, DocumentReach reach, StoredFiles files) {
        this.documents = documents;
        this.reach = reach;
        this.files = files;
    }

    /**
     * A record.
     *
     * @param record the row in patients
     * @param patient its FHIR id
     */
    public record Whose(UUID record, String patient) {}

    /**
     * A document.
     *
     * @param reference FHIR id of the DocumentReference by which the caller meets it
     * @param type the MIME type of the bytes
     * @param date when it was written, as whoever brought it says
     * @param status how far the reading of its text is
     */
    public record Sheet(
            UUID id,
            String reference,
            Whose whose,
            String type,
            @Nullable LocalDate date,
            String status) {}

    /** The record whose documents are listed: the one asked for, the own, or the one of the launch. */
    public Whose listed(Caller caller, @Nullable String asked) {
        DocumentReach.Target target = reach.listed(caller, asked);
        return new Whose(target.record(), target.patient());
    }

    /** The document of an id, which the caller may read; else there is none. */
    public Sheet read(Caller caller, UUID id) {
        Document document = reach.read(caller, id);
        return sheet(document, reach.met(caller, Interaction.READ, document).orElseThrow());
    }

    /** The document of an id where the caller may find it in a list. */
    public Optional<Sheet> found(Caller caller, UUID id) {
        return documents.find(id).flatMap(document -> reach.met(caller, Interaction.SEARCH, document)
                .map(reference -> sheet(document, reference)));
    }

    /** The bytes of a document that the caller reads, for the caller to close; a problem when they are not those that were kept. */
    public InputStream open(Caller caller, UUID id) {
        Document document = documents.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return files.openFor(caller, document);
    }

    private static Sheet sheet(Document document, String reference) {
        return new Sheet(
                document.id(),
                reference,
                new Whose(document.record(), document.patient()),
                document.type().mimeType(),
                document.date(),
                document.status().code());
    }
}
