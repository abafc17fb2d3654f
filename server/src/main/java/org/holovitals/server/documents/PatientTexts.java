package org.holovitals.server.documents;

import java.util.List;
import java.util.Optional;
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

    /** The ids of a patient's documents whose text was read, the last one that was brought first; by the Patient's FHIR id. */
    public List<UUID> readOf(String patient) {
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
     * One page of a document; empty when there is none.
     *
     * @throws ShreddedException when the key of its patient was destroyed
     */
    public Optional<String> page(UUID document, int number) {
        return rows.list(document, number - 1, 1).stream()
                .filter(page -> page.page() == number)
                .map(sealing::text)
                .findFirst();
    }
}
