package org.holovitals.server.vault;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.AdvisoryLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives patients new data keys while servers run: what is sealed from then on is under the new key, what was sealed before is
 * sealed anew, and a former key under which nothing is any more is destroyed. What was cut short is finished by doing it again.
 */
public final class KeyRenewal {
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final KeyRing ring;
    private final DataKeys rows;
    private final Resealing resealing;
    private final Making making;
    private final DataSource connections;

    private KeyRenewal(KeyRing ring, DataKeys rows, Resealing resealing, Making making, DataSource connections) {
        this.ring = ring;
        this.rows = rows;
        this.resealing = resealing;
        this.making = making;
        this.connections = connections;
    }

    /** What keys are made with. */
    private record Making(MasterKeys masters, KeyCare.Log log, Ids ids, Clock clock, Duration settling) {}

    /** For a command, on two connections of its own at least. */
    public static KeyRenewal on(DataSource connections, VaultSettings settings, SealedFiles files) {
        Clock clock = Clock.systemUTC();
        Ids ids = new Ids();
        JdbcClient jdbc = JdbcClient.create(connections);
        DataKeys rows = new DataKeys(jdbc, clock);
        MasterKeys masters = new MasterKeys(KeyProvider.of(settings));
        KeyRing ring = new KeyRing(rows, masters, new KeyCache(clock), ids);
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(connections));
        return new KeyRenewal(
                ring,
                rows,
                new Resealing(rows, new Vault(ring), new SealedRows(jdbc), files),
                new Making(
                        masters,
                        new KeyCare.Log(new AuditLogs(jdbc, ids), transactions, clock),
                        ids,
                        clock,
                        settings.settling()),
                connections);
    }

    /** Something that could not be opened, and stays as it is: the column, or that which names a file, and the id. */
    public record Damage(String place, UUID id) {}

    /** How many former keys there are, and what is still under them. */
    public record Left(long keys, long values, long files) {}

    /**
     * What was done.
     *
     * @param made how many new keys there are
     * @param values how many values of the database were sealed anew
     * @param files how many files have a new head
     * @param destroyed how many former keys are no more
     * @param left how many are, since something is damaged or was still being written
     */
    public record Renewed(long made, long values, long files, long destroyed, long left, List<Damage> damaged) {}

    /** What there is to be finished. */
    public Left left() {
        return resealing.left();
    }

    /** One patient's key; empty while somebody else renews keys. None is made where there is none, or it was destroyed. */
    public Optional<Renewed> renew(String patientFhirId) {
        return alone(() -> rows.currentOf(patientFhirId).filter(key -> follow(key, Set.of(patientFhirId))).stream()
                .count());
    }

    /** Every patient's key; empty while somebody else renews keys. */
    public Optional<Renewed> renewAll() {
        return alone(this::followAll);
    }

    /** Only what was begun before; empty while somebody else renews keys. */
    public Optional<Renewed> finish() {
        return alone(() -> 0);
    }

    private Optional<Renewed> alone(LongSupplier begin) {
        try (AdvisoryLock lock =
                AdvisoryLock.take(connections, AdvisoryLock.Task.KEY_RENEWAL).orElse(null)) {
            return lock == null ? Optional.empty() : Optional.of(finished(begin.getAsLong()));
        } catch (SQLException e) {
            throw new IllegalStateException("The lock of the renewal cannot be taken", e);
        }
    }

    private long followAll() {
        Instant begun = making.clock().instant();
        making.log().add("renew-key", Set.of(), true, Map.of("every", true));
        long made = 0;
        UUID after = Ids.LEAST;
        for (List<WrappedKey> batch = rows.current(begun, after, BATCH);
                !batch.isEmpty();
                batch = rows.current(begun, after, BATCH)) {
            made += batch.stream().filter(key -> follow(key, Set.of())).count();
            after = batch.get(batch.size() - 1).id();
        }
        return made;
    }

    private boolean follow(WrappedKey former, Set<String> patients) {
        return Boolean.TRUE.equals(making.log().transactions().execute(status -> {
            if (!rows.retire(former.id())) {
                return false;
            }
            WrappedKey made = making.masters().make(making.ids().next(), former.patient());
            rows.follow(former.id(), made);
            if (!patients.isEmpty()) {
                making.log()
                        .add(
                                "renew-key",
                                patients,
                                true,
                                Map.of("former", former.id().toString()));
            }
            return true;
        }));
    }

    private Renewed finished(long made) {
        ring.forget();
        Resealing.Pass first = resealing.pass();
        boolean isSettled = rows.former().isEmpty() || (settle() && everybodyHasWritten());
        Resealing.Pass second = resealing.pass();
        if (second.values() + second.files() > 0) {
            // Who has read a former envelope a moment ago still wants to open it.
            isSettled &= settle();
        }
        long destroyed =
                isSettled ? second.unused().stream().filter(rows::shredFormer).count() : 0;
        long left = rows.former().size();
        Renewed done = new Renewed(
                made,
                first.values() + second.values(),
                first.files() + second.files(),
                destroyed,
                left,
                List.copyOf(second.damaged()));
        making.log()
                .add(
                        "renew-key",
                        Set.of(),
                        left == 0,
                        Map.of("values", done.values(), "files", done.files(), "destroyed", destroyed, "left", left));
        return done;
    }

    private boolean settle() {
        return pause(making.settling());
    }

    /** Whether all transactions that may have sealed something under a former key have ended, after a wait for them. */
    private boolean everybodyHasWritten() {
        long transaction = rows.nextTransaction();
        Instant end = making.clock().instant().plus(PATIENCE);
        while (!rows.haveEnded(transaction)) {
            if (making.clock().instant().isAfter(end) || !pause(LOOK)) {
                return false;
            }
        }
        return true;
    }

    private static boolean pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
