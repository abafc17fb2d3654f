package org.holovitals.server.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.chain.Lines.Mark;
import org.jspecify.annotations.Nullable;

/** The log in the database. It is told as it was at one moment when it is told in a transaction that sees one. */
final class StoredTrail implements Trail {
    private static final int PAGE = 10_000;

    private final Batches batches;
    private final Lines lines;
    private final Removals removals;
    private final SeqRanges chained = new SeqRanges();

    StoredTrail(Batches batches, Lines lines, Removals removals) {
        this.batches = batches;
        this.lines = lines;
        this.removals = removals;
    }

    @Override
    public void tell(Listener listener) {
        tell(listener, 0, null);
        unchained(listener);
    }

    /** Only batches after a number, and made before a moment, if one is given. */
    void tell(Listener listener, long after, @Nullable Instant before) {
        removals.all().forEach(listener::removal);
        long number = after;
        Optional<Batch> next = batches.after(number);
        while (next.isPresent() && (before == null || next.get().createdAt().isBefore(before))) {
            tell(listener, next.get());
            number = next.get().number();
            next = batches.after(number);
        }
    }

    private void tell(Listener listener, Batch batch) {
        batch.seqs().forEach(chained::add);
        listener.batch(batch);
        lines.of(batch.seqs())
                .forEach(line -> listener.row(line.seq(), line.text().getBytes(StandardCharsets.UTF_8)));
    }

    private void unchained(Listener listener) {
        List<Mark> page = lines.marksAfter(Long.MIN_VALUE, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(mark -> !chained.contains(mark.seq()))
                    .forEach(mark -> listener.unchained(mark.seq(), mark.createdAt()));
            page = lines.marksAfter(page.get(page.size() - 1).seq(), PAGE);
        }
    }
}
