package org.holovitals.server.labs;

import java.util.Optional;

/**
 * A range in a line.
 *
 * @param text as printed
 * @param isClear whether nothing else stands within it
 * @param from the first of its words
 * @param to behind the last of them
 */
record PrintedRange(String text, Range range, boolean isClear, int from, int to) {
    private static final int LONGEST = 3;

    /**
     * Of some words of a line the one that most likely is a range of reference: the last with two ends of which the lower comes first,
     * else the last with two, else the last with one.
     */
    static Optional<PrintedRange> in(ReportLine line, int first, int end) {
        PrintedRange best = null;
        int at = end;
        while (at-- > first) {
            for (int to = Math.min(end, at + LONGEST); to > at; to--) {
                Optional<PrintedRange> found = of(line, at, to);
                if (found.isPresent() && (best == null || rank(found.get()) > rank(best))) {
                    best = found.get();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static int rank(PrintedRange found) {

        return found.isBound() ? 0 : found.range.isOrdered() ? 2 : 1;
    }

    private static Optional<PrintedRange> of(ReportLine line, int from, int to) {
        String printed = line.text(from, to).replaceAll("[.,:;]+$", "");
        String hyphened = printed.replaceAll("[-–—~]+", "-");
        String text = hyphened.replaceAll("['‘’“”`\"*°|_]", "");
        return Range.of(text).map(range -> new PrintedRange(text, range, text.equals(hyphened), from, to));
    }

    /** Whether it is open at one end. */
    boolean isBound() {
        return range.low() == null || range.high() == null;
    }

    boolean holds(int word) {
        return from <= word && word < to;
    }
}
