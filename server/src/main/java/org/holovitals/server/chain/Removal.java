package org.holovitals.server.chain;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A month that was dropped after its time.
 *
 * @param seqs first and last number of each range of its rows
 * @param removedAt when
 */
record Removal(YearMonth month, List<Range> seqs, Instant removedAt) {
    /** Rows are kept for this many years after the end of their month. */
    static final int YEARS = 7;

    /** An event that was heard of late stands in the month in which it happened. */
    private static final int LATEST_DAYS = 40;

    /** Consecutive numbers. */
    record Range(long first, long last) {
        boolean contains(long seq) {
            return first <= seq && seq <= last;
        }
    }

    /** Whether it explains that a row of a batch is no longer there: no removal does for what was younger. */
    boolean explains(long seq, Batch batch) {
        return isDue()
                && batch.createdAt().isBefore(end().plusSeconds(LATEST_DAYS * 86_400L))
                && seqs.stream().anyMatch(range -> range.contains(seq));
    }

    /** In one line, as it is signed. */
    String text() {
        return month + " " + removedAt + " "
                + seqs.stream().map(range -> range.first() + "-" + range.last()).collect(Collectors.joining(","));
    }

    private boolean isDue() {
        return !month.plusYears(YEARS)
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .isAfter(removedAt);
    }

    private Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
