package org.holovitals.server.chain;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of numbers that are mostly consecutive: a hundred million of them take as much room as their gaps. */
final class SeqRanges {
    /** Last number by first. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Adds a number; false when it was there. */
    boolean add(long seq) {
        Map.Entry<Long, Long> before = ranges.floorEntry(seq);
        if (before != null && before.getValue() >= seq) {
            return false;
        }
        boolean joinsBefore = before != null && before.getValue() == seq - 1;
        long first = joinsBefore ? before.getKey() : seq;
        Long last = ranges.remove(seq + 1);
        ranges.put(first, last == null ? seq : last);
        return true;
    }

    void addRange(long first, long last) {
        for (long seq = first; seq <= last; seq++) {
            add(seq);
        }
    }

    boolean contains(long seq) {
        Map.Entry<Long, Long> before = ranges.floorEntry(seq);
        return before != null && before.getValue() >= seq;
    }

    /** The largest number; 0 when there is none. */
    long last() {
        return ranges.isEmpty() ? 0 : ranges.lastEntry().getValue();
    }

    /** The numbers that are missing between the smallest and the largest. */
    void gaps(LongConsumer sink) {
        Long end = null;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            if (end != null) {
                for (long seq = end + 1; seq < range.getKey(); seq++) {
                    sink.accept(seq);
                }
            }
            end = range.getValue();
        }
    }

    /** First and last of each range, ascending. */
    Map<Long, Long> asMap() {
        return Map.copyOf(ranges);
    }
}
