package org.holovitals.server.vault;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.holovitals.server.base.Ids;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Finds the keys of patients, in memory where they were used a moment ago. */
final class KeyRing {
    private final DataKeys rows;
    private final MasterKeys masters;
    private final KeyCache cache;
    private final Ids ids;
    private final Set<UUID> uncommitted = ConcurrentHashMap.newKeySet();

    KeyRing(DataKeys rows, MasterKeys masters, KeyCache cache, Ids ids) {
        this.rows = rows;
        this.masters = masters;
        this.cache = cache;
        this.ids = ids;
    }

    /** The key of a patient, made when there is none. */
    DataKey ofPatient(UUID patient) {
        return cache.get(patient, () -> masters.unwrap(stored(patient)), this::isLasting);
    }

    DataKey ofId(UUID id) {
        return cache.get(
                id,
                () -> masters.unwrap(rows.ofId(id)
                        .orElseThrow(() -> new TamperedException("An envelope names a key that never was"))),
                this::isLasting);
    }

    private WrappedKey stored(UUID patient) {
        return rows.ofPatient(patient).orElseGet(() -> {
            WrappedKey made = masters.make(ids.next(), patient);
            untilCommitted(made.id());
            rows.add(made);
            return rows.ofPatient(patient).orElseThrow(() -> new IllegalArgumentException("There is no such patient"));
        });
    }

    /** A key is gone when the transaction that made it is given up; what another sealed under it could never be opened. */
    private void untilCommitted(UUID id) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            uncommitted.add(id);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    uncommitted.remove(id);
                }
            });
        }
    }

    private boolean isLasting(DataKey key) {
        return !uncommitted.contains(key.id());
    }

    /** At once, whatever its time. */
    void forget() {
        cache.clear();
    }
}
