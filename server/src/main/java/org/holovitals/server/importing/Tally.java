package org.holovitals.server.importing;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.holovitals.server.importing.Progress.Amount;
import org.holovitals.server.importing.Progress.Snapshot;
import org.holovitals.server.importing.Progress.Stage;

/** Counts what the workers do and tells the one who watches. */
final class Tally {
    private final Progress progress;
    private final SortedMap<String, Long> byType = new TreeMap<>();
    private Stage stage = Stage.READING;
    private Amount total = new Amount(0, 0, 0);
    private long stageBegan = System.nanoTime();
    private long bytes;
    private int sources;
    private long resources;

    Tally(Progress progress) {
        this.progress = progress;
    }

    synchronized void begin(Stage next, Amount amount) {
        stage = next;
        total = amount;
        stageBegan = System.nanoTime();
        bytes = 0;
        sources = 0;
        resources = 0;
        tell();
    }

    synchronized void scanned(long sourceBytes) {
        bytes += sourceBytes;
        sources++;
        tell();
    }

    synchronized void stored(List<BundleEntryComponent> entries, long entryBytes) {
        for (BundleEntryComponent entry : entries) {
            if (entry.hasResource()) {
                byType.merge(entry.getResource().fhirType(), 1L, Long::sum);
            }
        }
        bytes += entryBytes;
        resources += entries.size();
        tell();
    }

    synchronized void completed() {
        sources++;
        tell();
    }

    synchronized void finish() {
        stage = Stage.FINISHED;
        tell();
    }

    synchronized SortedMap<String, Long> byType() {
        return new TreeMap<>(byType);
    }

    private void tell() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - stageBegan);
        progress.at(new Snapshot(stage, new Amount(bytes, sources, resources), total, elapsed));
    }
}
