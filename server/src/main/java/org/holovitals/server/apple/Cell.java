package org.holovitals.server.apple;

import java.util.ArrayList;
import java.util.List;

/** The readings of one device within one span of time: a few of them as they are, more only as what they come to. */
final class Cell {
    private static final int FEW = 10;

    private final int few;
    private final List<Reading> kept = new ArrayList<>(1);
    private final List<Statistics> statistics = new ArrayList<>(1);
    private Moment start;
    private Moment end;

    private Cell(int few, Moment start, Moment end) {
        this.few = few;
        this.start = start;
        this.end = end;
    }

    /** An empty one for readings like one of them. */
    static Cell like(Reading reading, Span span) {
        boolean keepsFew = span == Span.READING && !reading.measure().isSum();
        return new Cell(keepsFew ? FEW : 1, reading.start(), reading.end());
    }

    /** An empty one for what shorter cells hold. */
    static Cell wider(Cell cell) {
        return new Cell(1, cell.start, cell.end);
    }

    void add(Reading reading) {
        boolean isFirst = statistics.isEmpty();
        for (int i = 0; i < reading.values().size(); i++) {
            if (isFirst) {
                statistics.add(new Statistics(reading.values().get(i)));
            } else {
                statistics.get(i).add(reading.values().get(i));
            }
        }
        extend(reading.start(), reading.end());
        if (count() <= few) {
            kept.add(reading);
        } else {
            kept.clear();
        }
    }

    /** Takes in all of another cell, of a shorter span. */
    void add(Cell other) {
        if (!other.isCondensed()) {
            other.kept.forEach(this::add);
            return;
        }
        for (int i = 0; i < other.statistics.size(); i++) {
            if (statistics.size() <= i) {
                statistics.add(other.statistics.get(i).copy());
            } else {
                statistics.get(i).add(other.statistics.get(i));
            }
        }
        extend(other.start, other.end);
        kept.clear();
    }

    private void extend(Moment from, Moment to) {
        start = from.compareTo(start) < 0 ? from : start;
        end = to.compareTo(end) > 0 ? to : end;
    }

    /** Whether it holds no reading any more but what they come to. */
    boolean isCondensed() {
        return kept.isEmpty() && !statistics.isEmpty();
    }

    /** How many resources it becomes. */
    int resources() {
        return isCondensed() ? statistics.size() : kept.size();
    }

    long count() {
        return statistics.get(0).count();
    }

    List<Reading> kept() {
        return kept;
    }

    /** Of each of the values that a reading has. */
    List<Statistics> statistics() {
        return statistics;
    }

    /** When the first reading began. */
    Moment start() {
        return start;
    }

    /** When the last one ended. */
    Moment end() {
        return end;
    }
}
