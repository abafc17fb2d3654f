package org.holovitals.server.records;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.holovitals.mappings.Loss;
import org.holovitals.mappings.Mapped;
import org.holovitals.mappings.Mappings;
import org.holovitals.server.records.MappingReport.TableReport;
import org.holovitals.server.records.StoredResources.Stored;
import org.jspecify.annotations.Nullable;

/** Counts over all stored resources what their rows cannot hold: one count at a time, which all who ask meanwhile share. */
final class MappingLosses implements AutoCloseable {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final StoredResources resources;
    private final Mappings mappings;
    private final Set<String> types;
    private final ExecutorService background = Executors.newSingleThreadExecutor(MappingLosses::thread);
    private final Clock clock;
    private @Nullable CompletableFuture<MappingReport> latest;

    MappingLosses(StoredResources resources, Mappings mappings, Set<String> types, Clock clock) {
        this.resources = resources;
        this.mappings = mappings;
        this.types = types;
        this.clock = clock;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mapping-report");
        thread.setDaemon(true);
        return thread;
    }

    /** The report, at most a minute old; complete once the resources are counted. */
    synchronized CompletableFuture<MappingReport> report() {
        CompletableFuture<MappingReport> known = latest;
        if (known == null || known.isCompletedExceptionally() || isOld(known)) {
            known = CompletableFuture.supplyAsync(this::count, background);
            latest = known;
        }
        return known;
    }

    private boolean isOld(CompletableFuture<MappingReport> report) {
        return report.isDone() && report.join().asOf().plus(FRESH).isBefore(clock.instant());
    }

    private MappingReport count() {
        SortedMap<String, Count> counts = new TreeMap<>();
        long total = 0;
        for (List<Stored> page = resources.page(types, 0);
                !page.isEmpty();
                page = resources.page(types, page.get(page.size() - 1).key())) {
            total += page.size();
            for (Stored stored : page) {
                if (mappings.toRows(stored.resource()) instanceof Mapped.Rows mapped) {
                    counts.computeIfAbsent(mapped.rows().get(0).table(), table -> new Count())
                            .add(mapped.losses());
                }
            }
        }
        SortedMap<String, TableReport> tables = new TreeMap<>();
        counts.forEach((table, count) -> tables.put(table, new TableReport(count.resources, count.losses)));
        return new MappingReport(clock.instant(), total, tables);
    }

    private static final class Count {
        private final SortedMap<String, Long> losses = new TreeMap<>();
        private long resources;

        /** A path counts once for a resource, however often it repeats. */
        void add(List<Loss> lost) {
            resources++;
            Set<String> paths = new HashSet<>();
            lost.forEach(loss -> paths.add(loss.path()));
            paths.forEach(path -> losses.merge(path, 1L, Long::sum));
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
