package org.holovitals.server.vault;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** What an operator does with keys; each thing done leaves a row in the audit log. */
public final class KeyCare {
    private static final int BATCH = 100;

    private final KeyRing ring;
    private final DataKeys rows;
    private final MasterKeys masters;
    private final Log log;

    KeyCare(KeyRing ring, DataKeys rows, MasterKeys masters, Log log) {
        this.ring = ring;
        this.rows = rows;
        this.masters = masters;
        this.log = log;
    }

    /** For a command, on connections of its own. */
    public static KeyCare on(DataSource connections, VaultSettings settings, Ids ids, Clock clock) {
        JdbcClient jdbc = JdbcClient.create(connections);
        DataKeys rows = new DataKeys(jdbc, clock);
        MasterKeys masters = new MasterKeys(KeyProvider.of(settings));
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(connections));
        return new KeyCare(
                new KeyRing(rows, masters, new KeyCache(clock), ids),
                rows,
                masters,
                new Log(new AuditLogs(jdbc, ids), transactions, clock));
    }

    /**
     * What stands.
     *
     * @param place where the master keys are kept
     * @param keys how many data keys each master key wraps, the newest last
     * @param missing the same of master keys that are not there
     * @param shredded how many data keys were destroyed
     */
    public record Status(String place, List<Count> keys, List<Count> missing, long shredded) {}

    /** How many data keys a master key wraps. */
    public record Count(String masterKeyId, long dataKeys) {}

    /**
     * What a rotation did.
     *
     * @param masterKeyId the key that wraps from now on
     * @param isNew whether it was made just now
     * @param rewrapped how many data keys were wrapped anew
     * @param left how many were not, since their master key is missing or they were changed
     */
    public record Rotated(String masterKeyId, boolean isNew, long rewrapped, long left) {}

    /** Which keys there are. */
    public Status status() {
        Map<String, Long> counts = new TreeMap<>(rows.counts());
        List<Count> known = new ArrayList<>();
        for (MasterKey key : masters.provider().keys()) {
            Long count = counts.remove(key.id());
            known.add(new Count(key.id(), count == null ? 0 : count));
        }
        List<Count> missing = counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .toList();
        return new Status(masters.provider().place(), known, missing, rows.shredded());
    }

    /**
     * Wraps all data keys by the newest master key, in batches, while servers run. One that was cut short is finished by
     * doing it again.
     *
     * @param withNewKey whether to make a master key first, where that is possible
     */
    public Rotated rotate(boolean withNewKey) {
        boolean isNew = withNewKey && masters.provider().add();
        MasterKey newest = masters.newest();
        long rewrapped = 0;
        @Nullable UUID after = null;
        for (List<WrappedKey> batch = rows.notWrappedBy(newest.id(), after, BATCH);
                !batch.isEmpty();
                batch = rows.notWrappedBy(newest.id(), after, BATCH)) {
            rewrapped += rewrap(newest, batch);
            after = batch.get(batch.size() - 1).id();
        }
        Rotated done = new Rotated(newest.id(), isNew, rewrapped, left(newest));
        log.add(
                "rotate-keys",
                Set.of(),
                done.left() == 0,
                Map.of("masterKey", newest.id(), "isNew", isNew, "rewrapped", rewrapped, "left", done.left()));
        return done;
    }

    private long rewrap(MasterKey newest, List<WrappedKey> batch) {
        Long done = log.transactions()
                .execute(status ->
                        batch.stream().filter(key -> rewrap(newest, key)).count());
        return done == null ? 0 : done;
    }

    /** One that cannot be unwrapped stays as it is, and does not keep the others from being wrapped anew. */
    private boolean rewrap(MasterKey newest, WrappedKey key) {
        Optional<byte[]> wrapped = masters.find(key.masterKeyId())
                .flatMap(master -> key.bytes().flatMap(bytes -> master.unwrap(key, bytes)))
                .map(bytes -> newest.wrap(key.id(), key.patient(), bytes));
        return wrapped.isPresent() && rows.rewrap(key.id(), key.masterKeyId(), newest.id(), wrapped.get());
    }

    private long left(MasterKey newest) {
        return rows.counts().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(newest.id()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Destroys the key of a patient, so that nothing which was sealed under it is ever read again; false when there is none.
     * Other servers use it for some seconds more.
     */
    public boolean shred(String patientFhirId) {
        boolean isShredded = Boolean.TRUE.equals(log.transactions().execute(status -> destroyed(patientFhirId)));
        // Only now: before the commit another thread could have read it once more.
        ring.forget();
        return isShredded;
    }

    private boolean destroyed(String patientFhirId) {
        if (rows.shred(patientFhirId) == 0) {
            return false;
        }
        log.add("shred-key", Set.of(patientFhirId), true, Map.of());
        return true;
    }

    /** Writes down what was done, in the transaction that runs. */
    record Log(AuditLogs logs, TransactionOperations transactions, Clock clock) {
        void add(String action, Set<String> patients, boolean isWhole, Map<String, Object> details) {
            Map<String, Object> all = new TreeMap<>(details);
            all.put("login", System.getProperty("user.name", ""));
            logs.append(new AuditEntry(
                    clock.instant(),
                    new Who(null, "command", null, null, null),
                    action,
                    "System",
                    null,
                    new About(patients, Set.of(), patients.isEmpty()),
                    isWhole ? Outcome.SUCCESS : Outcome.FAILURE,
                    Severity.HIGH,
                    false,
                    all));
        }
    }
}
