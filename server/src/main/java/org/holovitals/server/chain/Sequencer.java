package org.holovitals.server.chain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.chain.Batches.Tip;
import org.holovitals.server.chain.Lines.Line;
import org.holovitals.server.database.AdvisoryLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts committed rows into batches, one after another. Of several servers on a database one does so at a time; each goes on
 * where the chain ends, whoever was there before it.
 */
final class Sequencer {
    private static final Duration LATE = Duration.ofHours(24);

    /** No transaction that still runs has a number from further back. */
    private static final int WIDEST_GAP = 10_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Batches batches;
    private final Lines lines;
    private final ChainKey key;
    private final Clock clock;
    private final int most;
    private Gaps gaps = new Gaps();
    private long highest;
    private long known = -1;

    /** With the most rows of a batch. */
    Sequencer(
            JdbcClient jdbc, TransactionOperations transactions, Batches batches, ChainKey key, Clock clock, int most) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.batches = batches;
        this.lines = new Lines(jdbc);
        this.key = key;
        this.clock = clock;
        this.most = most;
    }

    /** The next batch; empty when there is nothing new, or another server is at it. */
    synchronized Optional<Batch> next() {
        try {
            Optional<Batch> made = Optional.ofNullable(transactions.execute(status -> isMyTurn() ? make() : null));
            made.ifPresent(this::remember);
            return made;
        } catch (RuntimeException e) {
            // Whether it was committed is not known.
            known = -1;
            throw e;
        }
    }

    /** The lock goes with the transaction. */
    private boolean isMyTurn() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(AdvisoryLock.Task.AUDIT_CHAIN.key())
                .query(Boolean.class)
                .single();
    }

    private @Nullable Batch make() {
        Tip tip = batches.tip();
        if (tip.number() != known) {
            recall(tip);
        }
        List<Line> found = new ArrayList<>();
        Collection<Long> missing = gaps.toLookFor(clock.instant());
        if (!missing.isEmpty()) {
            found.addAll(lines.of(missing));
        }
        found.addAll(lines.after(highest, most));
        if (found.isEmpty()) {
            return null;
        }
        found.sort(Comparator.comparingLong(Line::seq));
        Batch batch = Batch.of(
                tip.number() + 1,
                clock.instant(),
                tip.hash(),
                found.stream().map(Line::seq).toList(),
                found.stream().map(line -> Hash.of(line.text())).toList(),
                key);
        batches.add(batch);
        return batch;
    }

    private void remember(Batch batch) {
        gaps.remove(batch.seqs());
        for (long seq : batch.seqs()) {
            for (long skipped = Math.max(highest + 1, seq - WIDEST_GAP); skipped < seq; skipped++) {
                gaps.add(skipped, batch.createdAt());
            }
            highest = Math.max(highest, seq);
        }
        known = batch.number();
    }

    /** Reads what the last day of the chain holds: after a start, and when another server went on with it. */
    private void recall(Tip tip) {
        SeqRanges chained = new SeqRanges();
        Instant since = tip.createdAt().minus(tip.number() == 0 ? Duration.ZERO : LATE);
        Optional<Batch> batch = batches.firstSince(since).flatMap(first -> batches.after(first - 1));
        while (batch.isPresent()) {
            batch.get().seqs().forEach(chained::add);
            batch = batches.after(batch.get().number());
        }
        Gaps missing = new Gaps();
        chained.gaps(seq -> missing.add(seq, tip.createdAt()));
        gaps = missing;
        highest = chained.last();
        known = tip.number();
    }
}
