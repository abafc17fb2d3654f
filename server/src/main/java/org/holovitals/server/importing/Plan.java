package org.holovitals.server.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.holovitals.server.importing.Progress.Amount;
import org.holovitals.server.importing.Progress.Stage;

/** What there is to import and in which order, found by a first pass over all sources. */
final class Plan {
    private final List<PlannedSource> sources = new ArrayList<>();
    private final List<ImportFailure> failures = new ArrayList<>();
    private int alreadyImported;

    private Plan() {}

    /** @param again whether to forget what earlier runs imported */
    static Plan of(Sources found, Scanner scanner, Journal journal, boolean again, Tally tally) {
        Plan plan = new Plan();
        plan.failures.addAll(found.failures());
        tally.begin(Stage.READING, new Amount(0, found.found().size(), 0));
        Set<String> seen = new HashSet<>();
        for (Source source : found.found()) {
            try {
                Scan scan = scanner.scan(source);
                tally.scanned(scan.bytes());
                plan.add(source, scan, seen.add(scan.sha256()), journal, again);
            } catch (IOException e) {
                plan.failures.add(new ImportFailure(source.name(), null, Reasons.ofReading(e)));
            }
        }
        return plan;
    }

    private void add(Source source, Scan scan, boolean isFirst, Journal journal, boolean again) {
        if (isFirst && again) {
            journal.forget(scan.sha256());
        } else if (!isFirst || journal.isImported(scan.sha256())) {
            alreadyImported++;
            return;
        }
        BitSet done = scan.isDivisible() ? journal.importedEntries(scan.sha256()) : new BitSet();
        sources.add(new PlannedSource(source, scan, done));
    }

    List<PlannedSource> sources() {
        return sources;
    }

    /** The sources by their turn: those of one rank may be imported at the same time. */
    SortedMap<Integer, List<PlannedSource>> byRank() {
        return sources.stream().collect(Collectors.groupingBy(PlannedSource::rank, TreeMap::new, Collectors.toList()));
    }

    /** The sources with entries that waited in vain for something else, in their order. */
    List<PlannedSource> deferred() {
        return byRank().values().stream()
                .flatMap(List::stream)
                .filter(source -> source.deferred() > 0)
                .toList();
    }

    Amount amount() {
        long bytes = sources.stream().mapToLong(source -> source.scan().bytes()).sum();
        long resources =
                sources.stream().mapToLong(source -> source.scan().entries()).sum();
        return new Amount(bytes, sources.size(), resources);
    }

    int alreadyImported() {
        return alreadyImported;
    }

    /** Everything that was not imported, once the run is over. */
    List<ImportFailure> failures() {
        List<ImportFailure> all = new ArrayList<>(failures);
        sources.forEach(source -> all.addAll(source.failures()));
        return all;
    }

    /** How many sources are imported whole. */
    int imported() {
        return (int) sources.stream().filter(PlannedSource::isComplete).count();
    }
}
