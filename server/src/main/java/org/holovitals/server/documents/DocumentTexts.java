package org.holovitals.server.documents;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;

/** What other features may know of documents and their texts. */
public final class DocumentTexts {
    private static final int BATCH = 500;

    private final Documents documents;
    private final DocumentReach reach;
    private final PatientTexts texts;

    DocumentTexts(Documents documents, DocumentReach reach, PatientTexts texts) {
        this.documents = documents;
        this.reach = reach;
        this.texts = texts;
    }

    /**
     * A document.
     *
     * @param record the patient's row in patients
     * @param reference FHIR id of the DocumentReference by which the caller meets it; none where nobody asks
     * @param name of the file
     * @param date when it was written, as whoever brought it says
     */
    public record About(
            UUID id,
            UUID record,
            @Nullable String reference,
            String name,
            @Nullable LocalDate date) {}

    /** Those of the record that is asked for, or else the caller's own, that he may find and read; a problem where he may none. */
    public List<About> ofAsked(Caller caller, @Nullable String patient) {
        return of(caller, reach.listed(caller, patient));
    }

    /** The same of a patient's; none where he may none. */
    public List<About> of(Caller caller, String patient) {
        return reach.ifListed(caller, patient).map(target -> of(caller, target)).orElse(List.of());
    }

    private List<About> of(Caller caller, DocumentReach.Target target) {
        Documents.Wanted all = new Documents.Wanted(target.record(), null, null);
        List<About> found = new ArrayList<>();
        List<Document> batch = documents.list(all, Ids.GREATEST, BATCH);
        while (!batch.isEmpty()) {
            Set<String> met = reach.references(caller, Interaction.SEARCH, batch, target.patient());
            met.retainAll(reach.references(caller, Interaction.READ, batch, target.patient()));
            for (Document document : batch) {
                document.references().stream()
                        .filter(met::contains)
                        .findFirst()
                        .ifPresent(reference -> found.add(about(document, reference)));
            }
            batch = documents.list(all, batch.get(batch.size() - 1).id(), BATCH);
        }
        return found;
    }

    /** One by its id, whoever may see it; empty when there is none. */
    public Optional<About> find(UUID id) {
        return documents.find(id).map(document -> about(document, null));
    }

    private static About about(Document document, @Nullable String reference) {
        return new About(document.id(), document.record(), reference, document.name(), document.date());
    }

    /** The text of all pages, whoever may see it. */
    public List<PatientTexts.Page> pages(UUID document) {
        return texts.of(document);
    }

    /** The texts of one page of the files that a DocumentReference has now, whoever may see it. */
    public List<String> page(String reference, int number) {
        return texts.page(reference, number);
    }
}
