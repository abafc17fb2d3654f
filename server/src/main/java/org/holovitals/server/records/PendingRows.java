package org.holovitals.server.records;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The rows of one transaction, written in one go before it commits: a bundle of a thousand resources costs a few
 * batches. A rolled-back transaction drops them. Deletes are never kept back: a conditional delete runs its hook
 * while the transaction is committing already.
 */
final class PendingRows implements TransactionSynchronization {
    private final RowStore store;
    private final Map<Long, ProjectedResource> pending = new LinkedHashMap<>();

    private PendingRows(RowStore store) {
        this.store = store;
    }

    /** The buffer of the running transaction. */
    static PendingRows ofTransaction(RowStore store) {
        PendingRows known = (PendingRows) TransactionSynchronizationManager.getResource(store);
        if (known != null) {
            return known;
        }
        PendingRows rows = new PendingRows(store);
        TransactionSynchronizationManager.bindResource(store, rows);
        TransactionSynchronizationManager.registerSynchronization(rows);
        return rows;
    }

    void add(ProjectedResource resource) {
        ProjectedResource former = pending.remove(resource.resourceKey());
        boolean existed = resource.existed() && (former == null || former.existed());
        pending.put(
                resource.resourceKey(),
                new ProjectedResource(
                        resource.resourceKey(),
                        resource.type(),
                        resource.version(),
                        existed,
                        resource.patientIds(),
                        resource.rows()));
    }

    void remove(String type, long resourceKey) {
        ProjectedResource former = pending.remove(resourceKey);
        if (former == null || former.existed()) {
            store.delete(type, resourceKey);
        }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!pending.isEmpty()) {
            store.save(pending.values());
            pending.clear();
        }
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(store);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(store, this);
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(store);
    }
}
