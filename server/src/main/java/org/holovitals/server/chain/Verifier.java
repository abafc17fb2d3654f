package org.holovitals.server.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.chain.Finding.Kind;
import org.jspecify.annotations.Nullable;

/** Checks a trail while it is told: memory holds one batch, however long the log is. */
final class Verifier implements Trail.Listener {
    private static final int FINDINGS_KEPT = 100;
    private static final Duration CHAINED_WITHIN = Duration.ofMinutes(1);

    private final KnownKeys keys;
    private final Instant now;
    private final AnchorCheck anchors;
    private final List<Removal> removals = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean isFile;
    private Trail.@Nullable FileEnd end;
    private @Nullable Batch current;
    private int position;
    private long batches;
    private long rows;
    private long removedRows;
    private long unchainedRows;
    private long firstBatch;
    private long findingCount;

    /**
     * For one trail.
     *
     * @param now rows that are older than a minute have to be in a batch
     */
    Verifier(KnownKeys keys, AnchorCheck anchors, Instant now) {
        this.keys = keys;
        this.anchors = anchors;
        this.now = now;
    }

    /** Of the log in a database. */
    Verification of(Trail trail) {
        trail.tell(this);
        return finished();
    }

    /** Of a file, which has to have its signed end. */
    Verification ofFile(Trail trail) {
        isFile = true;
        return of(trail);
    }

    @Override
    public void removal(Removal removal) {
        if (removal.removedAt().isAfter(now)) {
            found(Kind.UNREADABLE, null, null);
        }
        removals.add(removal);
    }

    @Override
    public void batch(Batch batch) {
        finishBatch();
        checkLink(batch);
        checkSeal(batch);
        anchors.differing(batch).ifPresent(number -> found(Kind.ANCHOR_DIFFERS, number, null));
        firstBatch = batches == 0 ? batch.number() : firstBatch;
        batches++;
        current = batch;
        position = 0;
    }

    private void checkLink(Batch batch) {
        Batch before = current;
        long expected = before == null ? (isFile ? batch.number() : 1) : before.number() + 1;
        Hash previous = before == null ? (batch.number() == 1 ? Hash.NONE : batch.previous()) : before.hash();
        if (batch.number() != expected) {
            found(batch.number() > expected ? Kind.BATCH_MISSING : Kind.BATCH_UNLINKED, batch.number(), null);
        } else if (!batch.previous().equals(previous)) {
            found(Kind.BATCH_UNLINKED, batch.number(), null);
        }
    }

    private void checkSeal(Batch batch) {
        if (batch.seqs().size() != batch.rows().size() || !batch.computedHash().equals(batch.hash())) {
            found(Kind.BATCH_CHANGED, batch.number(), null);
        } else if (!keys.contains(batch.seal().keyId())) {
            found(Kind.KEY_UNKNOWN, batch.number(), null);
        } else if (!keys.hold(batch.seal())) {
            found(Kind.SIGNATURE_FORGED, batch.number(), null);
        }
    }

    @Override
    public void row(long seq, byte[] line) {
        Batch batch = current;
        if (batch == null) {
            found(Kind.ROW_ADDED, null, seq);
            return;
        }
        while (position < batch.seqs().size() && batch.seqs().get(position) < seq) {
            missing(batch);
        }
        if (position == batch.seqs().size() || batch.seqs().get(position) != seq) {
            found(Kind.ROW_ADDED, batch.number(), seq);
            return;
        }
        if (position >= batch.rows().size() || !batch.rows().get(position).equals(Hash.of(line))) {
            found(Kind.ROW_CHANGED, batch.number(), seq);
        }
        position++;
        rows++;
    }

    private void missing(Batch batch) {
        long seq = batch.seqs().get(position);
        position++;
        if (removals.stream().anyMatch(removal -> removal.explains(seq, batch))) {
            removedRows++;
        } else {
            found(Kind.ROW_REMOVED, batch.number(), seq);
        }
    }

    private void finishBatch() {
        Batch batch = current;
        while (batch != null && position < batch.seqs().size()) {
            missing(batch);
        }
    }

    @Override
    public void unchained(long seq, Instant createdAt) {
        finishBatch();
        unchainedRows++;
        if (createdAt.isBefore(now.minus(CHAINED_WITHIN))) {
            found(Kind.ROW_UNCHAINED, null, seq);
        }
    }

    @Override
    public void end(Trail.FileEnd last) {
        finishBatch();
        if (end != null) {
            found(Kind.UNREADABLE, null, null);
        }
        end = last;
    }

    @Override
    public void unreadable(String place) {
        found(Kind.UNREADABLE, current == null ? null : current.number(), null);
    }

    private Verification finished() {
        finishBatch();
        long lastBatch = current == null ? 0 : current.number();
        if ((isFile && !endsAt(current)) || anchors.isBeyond(lastBatch)) {
            found(Kind.TAIL_CUT, lastBatch == 0 ? null : lastBatch, null);
        }
        return new Verification(
                batches, rows, removedRows, unchainedRows, firstBatch, lastBatch, findingCount, List.copyOf(findings));
    }

    private boolean endsAt(@Nullable Batch last) {
        Trail.FileEnd known = end;
        long number = last == null ? 0 : last.number();
        Hash hash = last == null ? Hash.NONE : last.hash();
        return known != null
                && known.first() == firstBatch
                && known.number() == number
                && known.batchHash().equals(hash)
                && known.seal().hash().equals(Trail.FileEnd.hash(firstBatch, number, hash, removals))
                && keys.hold(known.seal());
    }

    private void found(Kind kind, @Nullable Long batch, @Nullable Long seq) {
        findingCount++;
        if (findings.size() < FINDINGS_KEPT) {
            findings.add(new Finding(kind, batch, seq));
        }
    }
}
