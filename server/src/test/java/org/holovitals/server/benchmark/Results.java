package org.holovitals.server.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** All that was measured in a run. */
final class Results {
    private final Map<String, List<Pair>> pairs = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Double>> growth = new LinkedHashMap<>();
    private final Map<String, Long> disk = new LinkedHashMap<>();
    private final Map<String, String> differences = new LinkedHashMap<>();
    private Optional<Limits.Rates> limits = Optional.empty();

    void add(Pair pair) {
        pairs.computeIfAbsent(pair.operation(), name -> new ArrayList<>()).add(pair);
    }

    /** The median time of a patient's search at a size. */
    void addGrowth(String server, int patients, double p50) {
        growth.computeIfAbsent(server, name -> new TreeMap<>()).put(patients, p50);
    }

    /** Bytes that a server's database grew by, for each resource that was loaded. */
    void addDisk(String server, long bytesPerResource) {
        disk.put(server, bytesPerResource);
    }

    /** How the two answers to the same search differ, if they do. */
    void addDifference(String search, String difference) {
        differences.put(search, difference);
    }

    void setLimits(Limits.Rates rates) {
        limits = Optional.of(rates);
    }

    Map<String, List<Pair>> pairs() {
        return pairs;
    }

    Map<String, Map<Integer, Double>> growth() {
        return growth;
    }

    Map<String, Long> disk() {
        return disk;
    }

    Map<String, String> differences() {
        return differences;
    }

    Optional<Limits.Rates> limits() {
        return limits;
    }

    /** The middle of what each pair of an operation says. */
    double median(String operation, ToDoubleFunction<Pair> value) {
        return Numbers.median(pairs.getOrDefault(operation, List.of()).stream()
                .mapToDouble(value)
                .boxed()
                .toList());
    }
}
