package org.holovitals.server.database;

import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/**
 * Says which rows of the typed tables a transaction sees: none until it is said. It ends with the transaction, so a pooled
 * connection carries nothing over.
 */
public final class RowAccess {
    private final JdbcClient jdbc;
    private final SingletonSupplier<TransactionTemplate> transactions;

    RowAccess(JdbcClient jdbc, ObjectProvider<PlatformTransactionManager> transactions) {
        this.jdbc = jdbc;
        this.transactions = SingletonSupplier.of(() -> new TransactionTemplate(transactions.getObject()));
    }

    /** From here to the end of the running transaction all rows: for the server's own work, never for a caller's. */
    public void everything() {
        requireTransaction();
        set("on");
    }

    /**
     * From here to the end of the running transaction the rows of these FHIR Patients, and no others.
     *
     * @return how many of them there are
     */
    public int patients(Collection<String> fhirIds) {
        requireTransaction();
        return jdbc.sql("select holovitals.see_patients(?)")
                .param(fhirIds.toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    /** Reads the rows of these FHIR Patients, and no others, in a transaction. */
    public <T> T withPatients(Collection<String> fhirIds, Supplier<T> work) {
        return transactions.obtain().execute(status -> {
            patients(fhirIds);
            return work.get();
        });
    }

    /** Does the server's own work on all rows, in the running transaction or one of its own. */
    public <T> T withEverything(Supplier<T> work) {
        return transactions.obtain().execute(status -> {
            boolean before = seesEverything();
            set("on");
            T result = work.get();
            if (!before) {
                set("off");
            }
            return result;
        });
    }

    private boolean seesEverything() {
        return jdbc.sql("select holovitals.sees_everything()")
                .query(Boolean.class)
                .single();
    }

    private void set(String value) {
        jdbc.sql("select set_config('holovitals.everything', ?, true)")
                .param(value)
                .query(String.class)
                .single();
    }

    /** Outside of one the setting is gone with the statement that sets it. */
    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Rows are seen in a transaction only");
        }
    }
}
