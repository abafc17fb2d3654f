package org.holovitals.server.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one server did in one window.
 *
 * @param used during the closed loop
 * @param latency of the open loop, where there was one
 */
record Measurement(
        String operation, String server, ClosedLoop.Result done, Meter.Used used, Optional<OpenLoop.Latency> latency) {

    /** Operations, or resources where operations are of different size. */
    double rate(boolean inResources) {
        return inResources ? done.unitsPerSecond() : done.operationsPerSecond();
    }

    /** For the result file. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("operation", operation);
        facts.put("server", server);
        facts.put("operations", done.operations());
        facts.put("per_second", done.operationsPerSecond());
        facts.put("resources_per_second", done.unitsPerSecond());
        facts.put("server_cpu_s_per_1000", perThousand(used.serverCpu()));
        facts.put("postgresql_cpu_s_per_1000", perThousand(used.databaseCpu()));
        facts.put("statements_per_operation", (double) used.statements() / Math.max(1, done.operations()));
        facts.put("wal_bytes_per_resource", (double) used.wal() / Math.max(1, done.units()));
        latency.ifPresent(each -> {
            facts.put("rate", each.rate());
            facts.put("p50_ms", each.p50());
            facts.put("p95_ms", each.p95());
            facts.put("p99_ms", each.p99());
        });
        return facts;
    }

    private double perThousand(double seconds) {
        return seconds * 1000 / Math.max(1, done.operations());
    }
}
