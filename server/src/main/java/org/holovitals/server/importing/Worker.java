package org.holovitals.server.importing;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.holovitals.server.importing.Feed.Unit;
import org.jspecify.annotations.Nullable;

/** Takes units from the feed and stores them; halves a group that fails until the failing entries stand alone. */
final class Worker implements Callable<Void> {
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 50;

    private final Feed feed;
    private final Entries entries;
    private final ImportStore store;
    private final Tally tally;

    Worker(Feed feed, Entries entries, ImportStore store, Tally tally) {
        this.feed = feed;
        this.entries = entries;
        this.store = store;
        this.tally = tally;
    }

    /** An entry with its freshly built transaction entries. */
    private record Loaded(Entry entry, List<BundleEntryComponent> components) {}

    @Override
    public Void call() throws Exception {
        for (Unit unit = feed.next(); unit != null; unit = feed.next()) {
            if (unit instanceof Unit.Group group) {
                store(group.entries());
            } else if (unit instanceof Unit.Batch batch) {
                storeBatch(batch.source());
            }
        }
        return null;
    }

    private void storeBatch(PlannedSource source) throws InterruptedException {
        try {
            for (List<Entry> group : entries.batch(source)) {
                store(group);
            }
        } catch (IOException e) {
            source.refuseRest(e);
        }
    }

    private void store(List<Entry> group) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<Loaded> loaded = load(group);
        for (int attempt = 1; !loaded.isEmpty(); attempt++) {
            RuntimeException problem = problemOfStoring(loaded);
            // Beyond this line a failure must not reach the attempts above: it would be stored twice.
            if (problem == null) {
                loaded.forEach(this::stored);
                return;
            }
            List<Entry> readable = loaded.stream().map(Loaded::entry).toList();
            if (!SqlCauses.isTransient(problem) || attempt == ATTEMPTS) {
                splitOrGiveUp(loaded, readable, problem);
                return;
            }
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS * attempt));
            loaded = load(readable);
        }
    }

    private @Nullable RuntimeException problemOfStoring(List<Loaded> loaded) {
        try {
            store.store(journal(loaded), Transactions.of(components(loaded)));
            return null;
        } catch (RuntimeException e) {
            if (SqlCauses.isDatabaseGone(e)) {
                throw e;
            }
            return e;
        }
    }

    private void splitOrGiveUp(List<Loaded> loaded, List<Entry> group, RuntimeException problem)
            throws InterruptedException {
        if (group.size() > 1) {
            int middle = group.size() / 2;
            store(group.subList(0, middle));
            store(group.subList(middle, group.size()));
            return;
        }
        Loaded only = loaded.get(0);
        String reason = Reasons.ofStoring(problem);
        Integer culprit = Culprit.of(only.components(), problem);
        if (problem instanceof BaseServerResponseException refused && refused.getStatusCode() < 500) {
            only.entry().defer(culprit, reason);
        } else {
            only.entry().refuse(culprit, reason);
        }
    }

    private static List<Loaded> load(List<Entry> group) {
        List<Loaded> loaded = new ArrayList<>();
        for (Entry entry : group) {
            try {
                loaded.add(new Loaded(entry, entry.read()));
            } catch (IOException e) {
                entry.refuse(e instanceof BadSourceException bad ? bad.entry() : null, Reasons.ofReading(e));
            } catch (RuntimeException e) {
                // HAPI's parser has its own defects, and one file may not end the import of the others.
                entry.refuse(null, Reasons.ofDefect(e));
            }
        }
        return loaded;
    }

    private static List<Journal.Stored> journal(List<Loaded> loaded) {
        return loaded.stream()
                .map(each -> new Journal.Stored(each.entry(), each.components().size()))
                .toList();
    }

    private static List<BundleEntryComponent> components(List<Loaded> loaded) {
        return loaded.stream().flatMap(each -> each.components().stream()).toList();
    }

    private void stored(Loaded loaded) {
        Entry entry = loaded.entry();
        entry.of().stored(entry.index());
        tally.stored(loaded.components(), entry.bytes());
    }
}
