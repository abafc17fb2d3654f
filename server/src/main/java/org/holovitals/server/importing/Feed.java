package org.holovitals.server.importing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.holovitals.server.importing.LineReader.Line;
import org.holovitals.server.importing.Scan.Shape;
import org.jspecify.annotations.Nullable;

/** Cuts sources into units of work, one at a time as the workers ask, so that little is in memory. */
final class Feed implements AutoCloseable {
    /** Resources in a transaction: larger ones save little and lose more when they fail. */
    static final int GROUP = 100;

    private static final long GROUP_BYTES = 8L << 20;

    private final Deque<PlannedSource> sources;
    private final Entries entries;
    private final long limit;
    private @Nullable PlannedSource current;
    private @Nullable LineReader lines;

    Feed(Collection<PlannedSource> sources, Entries entries, long limit) {
        this.sources = new ArrayDeque<>(sources);
        this.entries = entries;
        this.limit = limit;
    }

    /** What a worker takes at once. */
    sealed interface Unit {
        /** Entries that may share a transaction. */
        record Group(List<Entry> entries) implements Unit {}

        /** A batch bundle, to be read and cut by the worker. */
        record Batch(PlannedSource source) implements Unit {}
    }

    /** The next unit, or null when there is none. */
    synchronized @Nullable Unit next() throws IOException {
        while (true) {
            if (current != null && lines != null) {
                Unit group = group(current, lines);
                if (group != null) {
                    return group;
                }
            }
            PlannedSource next = sources.poll();
            if (next == null) {
                return null;
            }
            switch (next.scan().shape()) {
                case LINES -> open(next);
                case BATCH -> {
                    return new Unit.Batch(next);
                }
                case RESOURCE -> {
                    return singles(next);
                }
                case TRANSACTION, COLLECTION -> {
                    return new Unit.Group(List.of(entries.whole(next)));
                }
            }
        }
    }

    private void open(PlannedSource source) {
        try {
            lines = new LineReader(source.source().open(), limit);
            current = source;
        } catch (IOException e) {
            source.refuseRest(e);
        }
    }

    private static @Nullable Line next(PlannedSource source, LineReader reader) {
        try {
            return reader.next();
        } catch (IOException e) {
            source.refuseRest(e);
            return null;
        }
    }

    private @Nullable Unit group(PlannedSource source, LineReader reader) throws IOException {
        List<Entry> group = new ArrayList<>();
        long bytes = 0;
        while (group.size() < GROUP && bytes < GROUP_BYTES) {
            Line line = next(source, reader);
            if (line == null) {
                closeLines();
                break;
            }
            if (source.wants(line.number())) {
                group.add(entries.line(source, line));
                bytes += line.text().length;
            }
        }
        return group.isEmpty() ? null : new Unit.Group(group);
    }

    private Unit singles(PlannedSource first) {
        List<Entry> group = new ArrayList<>();
        group.add(entries.whole(first));
        long bytes = first.scan().bytes();
        PlannedSource next = sources.peek();
        while (next != null
                && next.scan().shape() == Shape.RESOURCE
                && group.size() < GROUP
                && bytes + next.scan().bytes() < GROUP_BYTES) {
            group.add(entries.whole(sources.remove()));
            bytes += next.scan().bytes();
            next = sources.peek();
        }
        return new Unit.Group(group);
    }

    /** Gives out nothing from now on. */
    @Override
    public synchronized void close() throws IOException {
        sources.clear();
        closeLines();
    }

    private void closeLines() throws IOException {
        if (lines != null) {
            lines.close();
        }
        lines = null;
        current = null;
    }
}
