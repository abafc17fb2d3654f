package org.holovitals.server.importing;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** A source with what has become of its entries; several workers write to it. */
final class PlannedSource {
    private static final int REST = -1;

    private final Source source;
    private final Scan scan;
    private final BitSet done;
    private final Map<Integer, ImportFailure> refused = new TreeMap<>();
    private final Map<Integer, ImportFailure> deferred = new TreeMap<>();

    PlannedSource(Source source, Scan scan, BitSet done) {
        this.source = source;
        this.scan = scan;
        this.done = done;
    }

    Source source() {
        return source;
    }

    Scan scan() {
        return scan;
    }

    int rank() {
        return ResourceTypes.rank(scan.types());
    }

    /** Whether an entry still has to be tried. */
    synchronized boolean wants(int entry) {
        return !done.get(entry) && !refused.containsKey(entry);
    }

    synchronized void stored(int entry) {
        done.set(entry);
        deferred.remove(entry);
    }

    /** What cannot be stored however often it is tried. */
    synchronized void refuse(int entry, ImportFailure failure) {
        deferred.remove(entry);
        refused.put(entry, failure);
    }

    /** What cannot be read at all, or no further. */
    synchronized void refuseRest(IOException problem) {
        refuse(REST, new ImportFailure(source.name(), null, Reasons.ofReading(problem)));
    }

    /** What may be stored once something else is here. */
    synchronized void defer(int entry, ImportFailure failure) {
        deferred.put(entry, failure);
    }

    synchronized int deferred() {
        return deferred.size();
    }

    synchronized boolean isComplete() {
        return refused.isEmpty() && deferred.isEmpty();
    }

    /** Everything that was not stored, in order. */
    synchronized Collection<ImportFailure> failures() {
        Map<Integer, ImportFailure> failures = new TreeMap<>(refused);
        failures.putAll(deferred);
        return failures.values();
    }
}
