package org.holovitals.server.documents;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.vault.ShreddedException;
import org.holovitals.server.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The text of documents, without the words and their places, for those who read records by other ways than the routes of
 * documents. Who may read a document is theirs to ask: as with {@code /fhir}, whoever may see its DocumentReference.
 */
public final class PatientTexts {
    private final PageTexts rows;
    private final PageSealing sealing;

    /** On some connections, opened by the keys of a vault. */
    public PatientTexts(JdbcClient jdbc, Vault vault) {
        this.rows = new PageTexts(jdbc);
        this.sealing = new PageSealing(vault);
    }

    /**
     * A page.
     *
     * @param number from 1
     */
    public record Page(int number, String text) {}

    /**
     * A document.
     *
     * @param references FHIR ids of the DocumentReferences that have it now
     * @param isRead whether there is text of it
     */
    public record Known(UUID id, List<String> references, boolean isRead) {}

    /** A patient's documents, the last one that was brought first; by the Patient's FHIR id. */
    public List<Known> documentsOf(String patient) {
        return rows.documentsOf(patient);
    }

    /**
     * All pages of a document, in their order.
     *
     * @throws ShreddedException when the key of its patient was destroyed
     */
    public List<Page> of(UUID document) {
        return rows.list(document, 0, Integer.MAX_VALUE).stream()
                .map(page -> new Page(page.page(), sealing.text(page)))
                .toList();
    }

    /**
     * One page of each file that a DocumentReference has now and that has so many.
     *
     * @throws ShreddedException when the key of its patient was destroyed
     */
    public List<String> page(String reference, int number) {
        return rows.pagesOf(reference, number).stream().map(sealing::text).toList();
    }
}
