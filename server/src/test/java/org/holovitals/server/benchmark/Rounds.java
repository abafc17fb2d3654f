package org.holovitals.server.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.holovitals.server.benchmark.Loaded.LoadedPatient;

/** What is done in which order: both servers in turn, the one that begins changing from pair to pair. */
final class Rounds {
    /** Of the patients whom the clinician sees: as many as have a consent in force with one at a time. */
    private static final int SEEN = 20;

    private static final int CHUNKS = 8;
    private static final double SHARE_OF_CAPACITY = 0.5;
    private static final int MOST_WARMING = 12;
    private static final int SETTLING_SECONDS = 3;
    private static final double IDLE = 0.2;
    private static final double HARDLY_MORE = 1.05;
    private static final double GROWTH_RATE = 40;
    private static final String GROWTH_SHAPE = "Observation vital signs";

    private final Settings settings;
    private final Side stock;
    private final Side own;
    private final Results results;
    private final PrintStream out;
    private int pairs;

    Rounds(Settings settings, Side stock, Side own, Results results, PrintStream out) {
        this.settings = settings;
        this.stock = stock;
        this.own = own;
        this.results = results;
        this.out = out;
    }

    /** A server and what was loaded into it. */
    record Side(Subject subject, Loaded loaded, GivenConsents consents, long emptySize) {
        Side(Subject subject) {
            this(subject, new Loaded(), new GivenConsents(), subject.store().size());
        }

        boolean isStock() {
            return subject.name().equals(Subject.STOCK);
        }

        List<LoadedPatient> seen() {
            return loaded.spread(SEEN);
        }
    }

    private interface Measured {
        Measurement on(Side side) throws IOException, InterruptedException;
    }

    void run() throws IOException, InterruptedException, SQLException {
        if (settings.profile()) {
            own.subject().store().countPlanning();
        }
        Population population = Population.of(settings.data());
        Loader.shared(stock.subject(), population.shared());
        Loader.shared(own.subject(), population.shared());
        int loaded = 0;
        for (int size : settings.patients()) {
            load(population, loaded, size);
            loaded = size;
            settle(stock);
            settle(own);
            prepare();
            growth(size);
            if (settings.export() && size == settings.exported()) {
                pair(BulkExport.NAME, side -> BulkExport.of(side.subject()));
            }
        }
        disk(stock);
        disk(own);
        List<Operation> operations =
                Operation.all().stream().filter(settings::measures).toList();
        warmUp(stock, operations);
        warmUp(own, operations);
        for (Operation operation : operations) {
            measure(operation);
        }
        results.setLimits(new Limits(stock.subject().store()).measure(settings.clients(), settings.window()));
    }

    /** The same bundles to both, by one client and by two in turn. */
    private void load(Population population, int from, int to) throws IOException, InterruptedException {
        int chunk = Math.max(2, (to - from + CHUNKS - 1) / CHUNKS);
        for (int first = from, number = 0; first < to; first += chunk, number++) {
            List<byte[]> bundles = population.patients(first, Math.min(to, first + chunk));
            int clients = 1 + number % 2;
            pair(
                    "transaction bundles by " + clients,
                    side -> Loader.patients(side.subject(), bundles, clients, side.loaded()));
        }
    }

    /** What a server does with what was loaded, such as reading and indexing documents, is not to disturb what is measured. */
    private void settle(Side side) {
        Meter meter = Meter.start(side.subject());
        double before;
        double used = 0;
        do {
            before = used;
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SETTLING_SECONDS));
            used = meter.stop().serverCpu();
        } while (used - before > SETTLING_SECONDS * IDLE
                || (!side.isStock() && side.subject().store().hasWaitingDocuments()));
        out.printf("%s was idle again after %.1f CPU seconds%n", side.subject().name(), used);
    }

    /** Consents, and whether both servers answer the same searches alike. */
    private void prepare() throws IOException {
        own.consents().ensure(own.subject(), own.seen());
        for (Map.Entry<String, String> shape : Searches.SHAPES.entrySet()) {
            List<Long> theirs = Searches.found(stock.subject(), shape.getValue(), stock.seen());
            List<Long> ours = Searches.found(own.subject(), shape.getValue(), own.seen());
            if (!theirs.equals(ours)) {
                results.addDifference(shape.getKey(), "stock found " + theirs + ", own " + ours);
            }
        }
        stock.subject().store().checkpoint();
    }

    private void growth(int size) throws IOException, InterruptedException {
        String shape = Searches.SHAPES.getOrDefault(GROWTH_SHAPE, "");
        for (Side side : List.of(stock, own)) {
            Work work = Searches.work(shape, side.seen());
            List<Double> times = new ArrayList<>();
            ClosedLoop.during(side.subject(), settings.clients(), settings.window(), work);
            for (int round = 0; round < settings.rounds(); round++) {
                times.add(OpenLoop.at(side.subject(), settings.clients(), GROWTH_RATE, settings.window(), work)
                        .p50());
            }
            results.addGrowth(side.subject().name(), size, Numbers.median(times));
        }
    }

    private void disk(Side side) {
        long grown = side.subject().store().size() - side.emptySize();
        results.addDisk(side.subject().name(), grown / side.loaded().resources());
    }

    /** All that is measured, in turn: much of both servers' code is shared by what they do, and compiled by and by. */
    private void warmUp(Side side, List<Operation> operations) throws IOException, InterruptedException {
        Duration share = settings.warmUp().dividedBy(Math.max(1, operations.size()));
        for (Operation operation : operations) {
            Work work = operation.onSubject().work(side.subject(), side.seen(), settings.clients());
            ClosedLoop.during(side.subject(), settings.clients(), share, work);
        }
    }

    private void measure(Operation operation) throws IOException, InterruptedException {
        Work onStock = operation.onSubject().work(stock.subject(), stock.seen(), settings.clients());
        Work onOwn = operation.onSubject().work(own.subject(), own.seen(), settings.clients());
        double capacity = warm(stock, onStock);
        warm(own, onOwn);
        double rate = Math.max(1, SHARE_OF_CAPACITY * capacity);
        for (int round = 0; round < settings.rounds(); round++) {
            pair(operation.name(), side -> measure(operation.name(), side, side.isStock() ? onStock : onOwn, rate));
        }
    }

    /** Until a window brings hardly more than the best before it: a JVM compiles for long, and of two each at its own pace. */
    private double warm(Side side, Work work) throws IOException, InterruptedException {
        double best = 0;
        double last = 0;
        for (int window = 0; window < MOST_WARMING && last >= best * HARDLY_MORE; window++) {
            best = Math.max(best, last);
            last = ClosedLoop.during(side.subject(), settings.clients(), settings.window(), work)
                    .operationsPerSecond();
        }
        return Math.max(best, last);
    }

    private Measurement measure(String name, Side side, Work work, double rate)
            throws IOException, InterruptedException {
        Meter meter = Meter.start(side.subject());
        ClosedLoop.Result done = ClosedLoop.during(side.subject(), settings.clients(), settings.window(), work);
        Meter.Used used = meter.stop();
        if (settings.profile() && !side.isStock()) {
            side.subject().store().costliest().forEach(statement -> out.println("  " + statement));
        }
        OpenLoop.Latency latency = OpenLoop.at(side.subject(), settings.clients(), rate, settings.window(), work);
        return new Measurement(name, side.subject().name(), done, used, Optional.of(latency));
    }

    private void pair(String name, Measured measured) throws IOException, InterruptedException {
        boolean isOwnFirst = pairs++ % 2 == 1;
        Measurement first = measured.on(isOwnFirst ? own : stock);
        Measurement second = measured.on(isOwnFirst ? stock : own);
        Pair pair = isOwnFirst ? new Pair(second, first) : new Pair(first, second);
        results.add(pair);
        out.printf(
                "%-34s stock %10.1f/s, own %10.1f/s%n",
                name,
                pair.stock().done().operationsPerSecond(),
                pair.own().done().operationsPerSecond());
    }
}
