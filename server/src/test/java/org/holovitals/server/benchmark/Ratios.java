package org.holovitals.server.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** This server's results over those of stock HAPI, each a median over the rounds of the ratio of a pair. */
record Ratios(Results results) {
    static final String INGEST = "transaction bundles, 2 clients";

    /** More is better, but for {@code wal_per_resource} and {@code growth_slope}. */
    Map<String, Double> all() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("read", results.median(Operation.READ, pair -> pair.ratio(false)));
        ratios.put("search", search());
        ratios.put("everything", results.median(Operation.EVERYTHING, pair -> pair.ratio(true)));
        ratios.put("ingest", results.median(INGEST, pair -> pair.ratio(true)));
        ratios.put("export", results.median(BulkExport.NAME, pair -> pair.ratio(false)));
        ratios.put("wal_per_resource", walPerResource(Subject.OWN) / walPerResource(Subject.STOCK));
        ratios.put("growth_slope", Numbers.logSlope(results.growth().getOrDefault(Subject.OWN, Map.of())));
        return ratios;
    }

    /** How many times as long stock HAPI takes for half of the requests, at the same rate. */
    Map<String, Double> latencies() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        results.pairs().forEach((operation, pairs) -> {
            if (pairs.stream().allMatch(pair -> pair.stock().latency().isPresent())) {
                ratios.put(operation, results.median(operation, Pair::latencyRatio));
            }
        });
        return ratios;
    }

    /** What part of the rate that PostgreSQL alone is capable of each server has. */
    Map<String, Double> sharesOfLimits() {
        Map<String, Double> shares = new LinkedHashMap<>();
        results.limits().ifPresent(limits -> {
            for (String server : List.of(Subject.STOCK, Subject.OWN)) {
                shares.put(
                        "read, " + server,
                        results.median(Operation.READ, pair -> pair.of(server).rate(false)) / limits.readsByKey());
                shares.put(
                        "ingest, " + server,
                        results.median(INGEST, pair -> pair.of(server).rate(true)) / limits.batchedInserts());
            }
        });
        return shares;
    }

    /** The middle one of the eight shapes. */
    private double search() {
        return Numbers.median(Searches.SHAPES.keySet().stream()
                .map(name -> results.median(Operation.SEARCH_PREFIX + name, pair -> pair.ratio(false)))
                .toList());
    }

    /** Of all that was loaded, so that the log of whole pages after a checkpoint is spread over it. */
    double walPerResource(String server) {
        List<Measurement> loads = results.pairs().entrySet().stream()
                .filter(each -> each.getKey().startsWith("transaction bundles"))
                .flatMap(each -> each.getValue().stream())
                .map(pair -> pair.of(server))
                .toList();
        double bytes = loads.stream().mapToLong(each -> each.used().wal()).sum();
        return bytes / loads.stream().mapToLong(each -> each.done().units()).sum();
    }
}
