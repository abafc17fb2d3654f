package org.holovitals.server.chain;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What is remembered of the chain outside of the database. */
final class AnchorCheck {
    /** Nothing is. */
    static final AnchorCheck NONE = new AnchorCheck(Map.of());

    private final NavigableMap<Long, Hash> hashes;

    /** Hashes of batches by their number. */
    AnchorCheck(Map<Long, Hash> hashes) {
        this.hashes = new TreeMap<>(hashes);
    }

    /** The number of the batch when another one of the number was anchored. */
    Optional<Long> differing(Batch batch) {
        Hash anchored = hashes.get(batch.number());
        return anchored == null || anchored.equals(batch.hash()) ? Optional.empty() : Optional.of(batch.number());
    }

    /** Whether there was a batch after the last that is there. */
    boolean isBeyond(long lastBatch) {
        return !hashes.isEmpty() && hashes.lastKey() > lastBatch;
    }
}
