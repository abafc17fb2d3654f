package org.holovitals.server.chain;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.Pools;
import org.holovitals.server.database.PrivateFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The chain over the audit log of a database: makes it longer, checks it, and hands it out. */
public final class AuditChain implements AutoCloseable {
    private static final int BATCH_ROWS = 1_000;
    private static final int BUFFER = 1 << 16;

    /** One makes the chain longer while others are read at the pace of those who download. */
    private static final int CONNECTIONS = 4;

    private static final Duration STATEMENT = Duration.ofSeconds(60);

    private final HikariDataSource connections;
    private final ChainSettings settings;
    private final ChainKey key;
    private final KnownKeys keys;
    private final Batches batches;
    private final Sequencer sequencer;
    private final Anchors anchors;
    private final Ids ids;
    private final Clock clock;
    private volatile @Nullable Batch newest;

    private AuditChain(HikariDataSource connections, ChainSettings settings, Ids ids, Clock clock) {
        this.connections = connections;
        this.settings = settings;
        this.key = settings.hasOwnKey() ? ChainKey.readOrMake(settings.keyFile()) : ChainKey.read(settings.keyFile());
        this.keys = KnownKeys.in(settings.knownKeys(), key.open());
        JdbcClient jdbc = JdbcClient.create(connections);
        this.batches = new Batches(jdbc, ids);
        this.sequencer = new Sequencer(
                jdbc,
                new TransactionTemplate(new DataSourceTransactionManager(connections)),
                batches,
                key,
                clock,
                BATCH_ROWS);
        this.anchors = new Anchors(settings.anchors(), clock);
        this.ids = ids;
        this.clock = clock;
    }

    /** The chain with connections of its own; the key is made when there is none yet. */
    public static AuditChain open(Pools pools, ChainSettings settings, Ids ids, Clock clock) {
        try {
            PrivateFiles.directory(settings.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of the audit log's key cannot be made", e);
        }
        HikariDataSource connections = pools.application("holovitals-audit-chain", CONNECTIONS, STATEMENT);
        try {
            return new AuditChain(connections, settings, ids, clock);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** Chains the rows that are committed and in no batch yet; returns how many batches that made. */
    public int extend() {
        int made = 0;
        Batch last = null;
        Optional<Batch> batch;
        do {
            batch = sequencer.next();
            if (batch.isPresent()) {
                last = batch.get();
                anchors.note(last);
                made++;
            }
            // What comes meanwhile is left to the next time: batches of a few rows each would cost more than the rows.
        } while (batch.filter(one -> one.seqs().size() >= BATCH_ROWS).isPresent());
        newest = last == null ? newest : last;
        return made;
    }

    /** Writes the end of the chain down beside the database, when this server made it longer. */
    public void anchor() {
        Batch last = newest;
        if (last != null) {
            anchors.note(last);
        }
    }

    /** The same without waiting for the time, at the end of a server. */
    public void anchorNow() {
        Batch last = newest;
        if (last != null) {
            anchors.noteNow(last);
        }
    }

    /** Checks the whole log as it is at this moment. */
    public Verification verify() {
        // First, since the chain goes on meanwhile.
        AnchorCheck anchored = Anchors.read(settings.anchors());
        Verification found = atOneMoment().execute(status -> new Verifier(keys, anchored, clock.instant()).of(trail()));
        return Objects.requireNonNull(found);
    }

    /**
     * Writes the chained rows, as they were hashed, with what signs them.
     *
     * @param from only batches made then or later, a second after their rows
     * @param to only batches made before
     * @return how many rows
     */
    public long export(OutputStream out, @Nullable Instant from, @Nullable Instant to) {
        Long rows = atOneMoment().execute(status -> {
            TrailWriter writer = new TrailWriter(out, key);
            long after = from == null
                    ? 0
                    : batches.firstSince(from).map(first -> first - 1).orElse(Long.MAX_VALUE);
            trail().tell(writer, after, to);
            return writer.finish();
        });
        return Objects.requireNonNull(rows);
    }

    private StoredTrail trail() {
        JdbcClient jdbc = JdbcClient.create(connections);
        return new StoredTrail(new Batches(jdbc, ids), new Lines(jdbc), new Removals(jdbc, ids));
    }

    private TransactionTemplate atOneMoment() {
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(connections));
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return transaction;
    }

    /** The public keys whose signatures count, as PEM by their ids. */
    public Map<String, String> keys() {
        return keys.asPem();
    }

    /** The public key that signs now, as PEM. */
    public String publicKey() {
        return String.valueOf(keys.asPem().get(key.id()));
    }

    /** Checks an exported file with nothing but the public keys; it may be gzipped. */
    public static Verification verifyFile(Path file, List<Path> keys, Clock clock) {
        try (InputStream bytes = open(file)) {
            return new Verifier(KnownKeys.read(keys), AnchorCheck.NONE, clock.instant()).ofFile(new FileTrail(bytes));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, BUFFER) : bytes;
    }

    @Override
    public void close() {
        connections.close();
    }
}
