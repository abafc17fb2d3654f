package org.holovitals.server.apple;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps readings within bounds while they come in, by the million if need be. More than a few of one device and day become what
 * they come to; where there is still too much, the measure that has most of it is put together over longer spans.
 */
final class Condenser {
    private final int most;
    private final Map<Measure, Map<Key, Cell>> cells = new EnumMap<>(Measure.class);
    private final Map<Measure, Span> spans = new EnumMap<>(Measure.class);
    private final Map<Measure, Integer> sizes = new EnumMap<>(Measure.class);
    private int size;

    /** @param most resources that are made of all readings */
    Condenser(int most) {
        this.most = most;
    }

    /** Which readings are put together. */
    record Key(String source, String unit, LocalDate from) {}

    /** Takes the readings of one span. */
    @FunctionalInterface
    interface Taker {
        void take(Measure measure, Key key, Span span, Cell cell);
    }

    void add(Reading reading) throws UnreadableExport {
        Measure measure = reading.measure();
        Span span = span(measure);
        Cell cell = cells.computeIfAbsent(measure, unknown -> new HashMap<>())
                .computeIfAbsent(
                        new Key(
                                reading.source(),
                                reading.unit(),
                                span.of(reading.start().day())),
                        unknown -> Cell.like(reading, span));
        int before = cell.resources();
        cell.add(reading);
        grow(measure, cell.resources() - before);
        while (size > most) {
            condense();
        }
    }

    private Span span(Measure measure) {
        return spans.getOrDefault(measure, Span.READING);
    }

    private void grow(Measure measure, int by) {
        size += by;
        sizes.merge(measure, by, Integer::sum);
    }

    private void condense() throws UnreadableExport {
        Optional<Measure> largest = sizes.entrySet().stream()
                .filter(each -> span(each.getKey()) != Span.YEAR)
                .max(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey);
        lengthen(largest.orElseThrow(UnreadableExport::tooLarge));
    }

    private void lengthen(Measure measure) {
        Span longer = span(measure).longer();
        Map<Key, Cell> together = new HashMap<>();
        cells.getOrDefault(measure, Map.of()).forEach((key, cell) -> {
            Key wider = new Key(key.source(), key.unit(), longer.of(key.from()));
            together.computeIfAbsent(wider, unknown -> Cell.wider(cell)).add(cell);
        });
        spans.put(measure, longer);
        cells.put(measure, together);
        int resources = together.values().stream().mapToInt(Cell::resources).sum();
        grow(measure, resources - sizes.getOrDefault(measure, 0));
    }

    /** Hands on all of it, in the order of time within each measure. */
    void each(Taker taker) {
        cells.forEach((measure, found) -> found.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<Key, Cell> each) -> each.getValue().start())
                        .thenComparing(each -> each.getKey().source())
                        .thenComparing(each -> each.getKey().unit()))
                .forEach(each -> taker.take(measure, each.getKey(), span(measure), each.getValue())));
    }

    /** What of it is not there reading by reading, measure by measure. */
    List<String> report() {
        return cells.entrySet().stream()
                .map(each -> report(each.getKey(), each.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> report(Measure measure, Map<Key, Cell> found) {
        List<Cell> condensed = found.values().stream().filter(Cell::isCondensed).toList();
        if (condensed.isEmpty()) {
            return Optional.empty();
        }
        long readings = condensed.stream().mapToLong(Cell::count).sum();
        return Optional.of("%s: %d readings are put together to %d, one for each %s and device"
                .formatted(
                        measure.title(),
                        readings,
                        condensed.size(),
                        span(measure).word()));
    }
}
