package org.holovitals.server.records;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.records.StoredResources.Stored;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Derives the typed rows of every stored resource again, as a changed mapping needs. It works in short transactions
 * beside a serving server: readers always find rows, and a writer waits for one page at the most.
 */
public final class Rebuild {
    private static final int ATTEMPTS = 5;
    private static final Set<String> PATIENT = Set.of("Patient");

    private final StoredResources resources;
    private final Projection projection;
    private final RowStore store;
    private final TransactionOperations transactions;
    private final Set<String> others;

    Rebuild(
            StoredResources resources,
            Projection projection,
            RowStore store,
            TransactionOperations transactions,
            Set<String> types) {
        this.resources = resources;
        this.projection = projection;
        this.store = store;
        this.transactions = transactions;
        this.others = types.stream().filter(type -> !PATIENT.contains(type)).collect(Collectors.toUnmodifiableSet());
    }

    /** Is told after each page how many resources are done, and about how many there are. */
    @FunctionalInterface
    public interface Listener {
        void at(long done, long total);
    }

    /** Rebuilds all rows and returns of how many resources; rows of deleted resources are removed. */
    public long run(Listener listener) {
        long total = resources.count(PATIENT) + resources.count(others);
        // The rows of the others hang on the patients' repositories.
        long done = all(PATIENT, 0, total, listener);
        done = all(others, done, total, listener);
        transactions.executeWithoutResult(status -> store.deleteOrphans());
        return done;
    }

    private long all(Set<String> types, long before, long total, Listener listener) {
        long done = before;
        List<Stored> page = page(types, 0);
        while (!page.isEmpty()) {
            done += page.size();
            listener.at(done, total);
            page = page(types, page.get(page.size() - 1).key());
        }
        return done;
    }

    private List<Stored> page(Set<String> types, long after) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(transactions.execute(status -> replaced(types, after)));
            } catch (ConcurrencyFailureException e) {
                // A bundle that locks the same resources in another order; one of the two gives way.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<Stored> replaced(Set<String> types, long after) {
        List<Stored> page = resources.lockedPage(types, after);
        store.replace(page.stream()
                .map(stored -> projection.of(stored.resource(), stored.key(), true))
                .toList());
        return page;
    }
}
