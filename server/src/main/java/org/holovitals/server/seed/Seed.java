package org.holovitals.server.seed;

import java.util.Objects;
import org.holovitals.server.costs.ModelPrices;
import org.holovitals.server.database.RowAccess;
import org.springframework.transaction.support.TransactionOperations;

/** Puts in what a new installation may start with; what is there already stays as it is. */
public final class Seed {
    private final TestPatient patient;
    private final SeedRows rows;
    private final ModelPrices prices;
    private final TransactionOperations transactions;
    private final RowAccess access;

    Seed(TestPatient patient, SeedRows rows, ModelPrices prices, TransactionOperations transactions, RowAccess access) {
        this.patient = patient;
        this.rows = rows;
        this.prices = prices;
        this.transactions = transactions;
        this.access = access;
    }

    /** How many rows of each kind were added. */
    public record Added(int users, int prices, int models, int components) {
        @Override
        public String toString() {
            return "Added %d users, %d model prices, %d models, %d components; the test patient John Doe is there."
                    .formatted(users, prices, models, components);
        }
    }

    /** Adds what is missing, all or nothing. */
    public Added run() {
        // The patient's row is written when the FHIR transaction commits, so the claim comes after it.
        String fhirId = Objects.requireNonNull(transactions.execute(status -> patient.ensure()));
        return Objects.requireNonNull(transactions.execute(status -> {
            access.everything();
            int users = rows.addTestUser();
            rows.claim(fhirId);
            return new Added(users, prices.addShipped(), rows.addModels(prices.shipped()), rows.addComponents());
        }));
    }
}
