package org.holovitals.server.benchmark;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Prints what was measured as a table of medians, and writes all of it as JSON. */
final class Report {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<String> HEAD = List.of(
            "per s", "resources", "p50 ms", "p95 ms", "p99 ms", "CPU s", "PG CPU s", "SQL", "WAL bytes", "ratio");
    private static final List<String> UNITS =
            List.of("", "per s", "", "", "", "per 1000", "per 1000", "per op", "per res.", "");

    private final Settings settings;
    private final Results results;
    private final Ratios ratios;

    Report(Settings settings, Results results) {
        this.settings = settings;
        this.results = results;
        this.ratios = new Ratios(results);
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%s, medians of %d rounds of %d s, %d clients%n%n",
                machine(),
                settings.rounds(),
                settings.window().toSeconds(),
                settings.clients());
        cells(out, "operation", "server", HEAD);
        cells(out, "", "", UNITS);
        results.pairs().forEach((operation, pairs) -> {
            row(out, operation, Subject.STOCK, "");
            row(out, operation, Subject.OWN, decimal(ratio(operation, pairs)));
        });
        out.println();
        printAside(out);
        ratios.all().forEach((name, value) -> out.printf(Locale.ROOT, "%-18s %8.3f%n", name, value));
    }

    private void printAside(PrintStream out) {
        results.growth()
                .forEach((server, bySize) -> out.println("p50 in ms of a patient's search by patients, " + server + ": "
                        + bySize + ", slope " + decimal(Numbers.logSlope(bySize))));
        results.disk()
                .forEach((server, bytes) -> out.println("bytes a resource, " + server + ": " + bytes + " on disk, "
                        + Math.round(ratios.walPerResource(server)) + " of write-ahead log"));
        results.limits()
                .ifPresent(limits -> out.println("PostgreSQL alone, a second: "
                        + Math.round(limits.readsByKey()) + " reads by primary key, "
                        + Math.round(limits.batchedInserts())
                        + " rows inserted in batches"));
        ratios.sharesOfLimits().forEach((name, share) -> out.println("of that, " + name + ": " + decimal(share)));
        results.differences()
                .forEach((search, difference) -> out.println("answers differ, " + search + ": " + difference));
        out.println();
    }

    private double ratio(String operation, List<Pair> pairs) {
        boolean inResources = operation.equals(Operation.EVERYTHING) || operation.startsWith("transaction");
        return Numbers.median(
                pairs.stream().map(pair -> pair.ratio(inResources)).toList());
    }

    private void row(PrintStream out, String operation, String server, String ratio) {
        cells(
                out,
                operation,
                server,
                List.of(
                        decimal(middle(operation, server, each -> each.done().operationsPerSecond())),
                        decimal(middle(operation, server, each -> each.done().unitsPerSecond())),
                        latency(operation, server, OpenLoop.Latency::p50),
                        latency(operation, server, OpenLoop.Latency::p95),
                        latency(operation, server, OpenLoop.Latency::p99),
                        fact(operation, server, "server_cpu_s_per_1000"),
                        fact(operation, server, "postgresql_cpu_s_per_1000"),
                        fact(operation, server, "statements_per_operation"),
                        fact(operation, server, "wal_bytes_per_resource"),
                        ratio));
    }

    private static void cells(PrintStream out, String operation, String server, List<String> values) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-34s %-6s", operation, server));
        values.forEach(value -> line.append(String.format(Locale.ROOT, " %10s", value)));
        out.println(line);
    }

    private static String decimal(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
    }

    private String latency(String operation, String server, ToDoubleFunction<OpenLoop.Latency> value) {
        return decimal(middle(operation, server, each -> each.latency()
                .map(value::applyAsDouble)
                .orElse(Double.NaN)));
    }

    private double middle(String operation, String server, ToDoubleFunction<Measurement> value) {
        return results.median(operation, pair -> value.applyAsDouble(pair.of(server)));
    }

    private String fact(String operation, String server, String name) {
        return decimal(middle(
                operation,
                server,
                each -> each.facts().get(name) instanceof Number number ? number.doubleValue() : Double.NaN));
    }

    void write() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ratios", known(ratios.all()));
        all.put("latency_ratios", known(ratios.latencies()));
        all.put("share_of_postgresql_alone", known(ratios.sharesOfLimits()));
        all.put("machine", machine());
        all.put("patients", settings.patients());
        all.put("rounds", settings.rounds());
        all.put("seconds", settings.window().toSeconds());
        all.put("clients", settings.clients());
        all.put("growth_p50_ms", results.growth());
        all.put("disk_bytes_per_resource", results.disk());
        results.limits().ifPresent(limits -> all.put("postgresql_alone", limits));
        all.put("differing_answers", results.differences());
        all.put(
                "measurements",
                results.pairs().values().stream()
                        .flatMap(List::stream)
                        .map(pair -> List.of(pair.stock().facts(), pair.own().facts()))
                        .toList());
        Files.createDirectories(settings.result().getParent());
        Files.writeString(settings.result(), JSON.writeValueAsString(all) + "\n");
    }

    /** What a short run could not measure is null: JSON has no other word for it. */
    private static Map<String, @Nullable Double> known(Map<String, Double> values) {
        Map<String, @Nullable Double> known = new LinkedHashMap<>();
        values.forEach((name, value) -> known.put(name, value.isNaN() ? null : value));
        return known;
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, Java " + System.getProperty("java.version")
                + ", load " + Processes.load();
    }
}
