package org.holovitals.server.importing;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.transaction.support.TransactionOperations;

/** Stores a transaction bundle and its journal rows in one database transaction. */
final class ImportStore {
    private final TransactionOperations transactions;
    private final IFhirSystemDao<Bundle, Meta> system;
    private final Journal journal;

    ImportStore(TransactionOperations transactions, IFhirSystemDao<Bundle, Meta> system, Journal journal) {
        this.transactions = transactions;
        this.system = system;
        this.journal = journal;
    }

    /**
     * Stores everything or throws. Nothing happens when the journal has the entries already; its row is written first,
     * so that a second writer of the same content waits for the first and then finds it.
     */
    void store(List<Journal.Stored> entries, Bundle transaction) {
        transactions.executeWithoutResult(status -> {
            if (!journal.record(entries)) {
                status.setRollbackOnly();
            } else if (transaction.hasEntry()) {
                system.transactionNested(new SystemRequestDetails(), transaction);
            }
        });
    }

    Journal journal() {
        return journal;
    }
}
