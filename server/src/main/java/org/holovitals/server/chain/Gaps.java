package org.holovitals.server.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers below the last chained one that no row had. A number is given out before its transaction ends, so such a row may
 * still appear; most never do, since their transactions were rolled back.
 */
final class Gaps {
    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofHours(24);

    private final Map<Long, Instant> since = new TreeMap<>();
    private Instant allAskedFor = Instant.EPOCH;

    void add(long seq, Instant now) {
        since.putIfAbsent(seq, now);
    }

    void remove(Collection<Long> seqs) {
        since.keySet().removeAll(seqs);
    }

    /** Those to look for now: the young ones always, and once a minute all of a day. */
    Collection<Long> toLookFor(Instant now) {
        boolean isAll = !now.isBefore(allAskedFor.plus(YOUNG));
        if (isAll) {
            allAskedFor = now;
            since.values().removeIf(first -> first.isBefore(now.minus(KEPT)));
        }
        return since.entrySet().stream()
                .filter(gap -> isAll || gap.getValue().isAfter(now.minus(YOUNG)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
