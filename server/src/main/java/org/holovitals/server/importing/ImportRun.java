package org.holovitals.server.importing;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.holovitals.server.importing.Progress.Stage;

/** Carries out a plan: rank after rank, then again what refers to something that came later, as long as that helps. */
final class ImportRun {
    private final Plan plan;
    private final Entries entries;
    private final ImportStore store;
    private final ImportSettings settings;
    private final Tally tally;

    ImportRun(Plan plan, Entries entries, ImportStore store, ImportSettings settings, Tally tally) {
        this.plan = plan;
        this.entries = entries;
        this.store = store;
        this.settings = settings;
        this.tally = tally;
    }

    void run() throws IOException, InterruptedException {
        tally.begin(Stage.STORING, plan.amount());
        ExecutorService threads = Executors.newFixedThreadPool(settings.workers(), ImportRun::thread);
        try {
            for (List<PlannedSource> rank : plan.byRank().values()) {
                pass(rank, threads);
            }
            retry(threads);
        } finally {
            threads.shutdownNow();
            // The lock is freed next, and who takes it must not meet a worker of this import.
            Uninterruptibles.awaitTerminationUninterruptibly(threads);
        }
        tally.finish();
    }

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static Thread thread(Runnable work) {
        return new Thread(work, "import-" + THREADS.incrementAndGet());
    }

    private void retry(ExecutorService threads) throws IOException, InterruptedException {
        int before = Integer.MAX_VALUE;
        List<PlannedSource> deferred = plan.deferred();
        while (count(deferred) > 0 && count(deferred) < before) {
            before = count(deferred);
            pass(deferred, threads);
            deferred = plan.deferred();
        }
    }

    private static int count(Collection<PlannedSource> deferred) {
        return deferred.stream().mapToInt(PlannedSource::deferred).sum();
    }

    private void pass(List<PlannedSource> sources, ExecutorService threads) throws IOException, InterruptedException {
        try (Feed feed = new Feed(sources, entries, settings.maxSourceSize().toBytes())) {
            ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
            List<Future<Void>> workers = new ArrayList<>();
            for (int i = 0; i < settings.workers(); i++) {
                workers.add(running.submit(new Worker(feed, entries, store, tally)));
            }
            try {
                for (int i = 0; i < workers.size(); i++) {
                    running.take().get();
                }
            } catch (ExecutionException e) {
                workers.forEach(worker -> worker.cancel(true));
                throw new IllegalStateException("The import had to stop; run it again to continue", e.getCause());
            }
        }
        complete(sources);
    }

    private void complete(List<PlannedSource> sources) {
        for (PlannedSource source : sources) {
            if (source.isComplete()) {
                if (source.scan().isDivisible()) {
                    store.journal().complete(source);
                }
                tally.completed();
            }
        }
    }
}
