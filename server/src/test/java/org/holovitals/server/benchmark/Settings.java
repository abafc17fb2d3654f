package org.holovitals.server.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How much is measured, from the system properties {@code bench.*}.
 *
 * @param patients the sizes of the population, each above the one before
 * @param rounds how often each pair of measurements is made
 * @param window how long one of them lasts
 * @param warmUp how long each server does all of it before anything is measured
 * @param clients how many send at once where nothing else is said
 * @param export whether all patients are exported, for which stock HAPI takes minutes
 * @param jar this server as it is delivered
 * @param data a ZIP of Synthea's bundles; without it the sample that this server ships with
 * @param result the file that is written
 * @param only how the names of the operations begin that are measured; empty for all
 * @param profile whether it is written down what this server's time goes into
 */
record Settings(
        List<Integer> patients,
        int rounds,
        Duration window,
        Duration warmUp,
        int clients,
        boolean export,
        Path jar,
        Optional<Path> data,
        Path result,
        List<String> only,
        boolean profile) {

    static Settings ofSystem() {
        return new Settings(
                Arrays.stream(text("patients", "20,120,480").split(","))
                        .map(String::strip)
                        .map(Integer::valueOf)
                        .sorted()
                        .toList(),
                Integer.parseInt(text("rounds", "5")),
                Duration.ofSeconds(Long.parseLong(text("seconds", "4"))),
                Duration.ofSeconds(Long.parseLong(text("warmup", "120"))),
                Integer.parseInt(text("clients", "8")),
                Boolean.parseBoolean(text("export", "true")),
                Path.of(text("jar", "target/holovitals.jar")).toAbsolutePath(),
                Optional.of(text("data", "")).filter(path -> !path.isBlank()).map(Path::of),
                Path.of(text("result", "target/bench.json")).toAbsolutePath(),
                Arrays.stream(text("only", "").split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                Boolean.parseBoolean(text("profile", "false")));
    }

    boolean measures(Operation operation) {
        return only.isEmpty() || only.stream().anyMatch(operation.name()::startsWith);
    }

    /** Of this server's JVM while it is measured; jfr of a newer JDK prints {@code hot-methods} of it. */
    Path recording() {
        return result.resolveSibling("bench-own.jfr");
    }

    private static String text(String name, String otherwise) {
        String value = System.getProperty("bench." + name, "");
        return value.isBlank() ? otherwise : value;
    }

    /** The size at which everything is measured. */
    int largest() {
        return patients.get(patients.size() - 1);
    }

    /** The size at which an export is measured: the aim is said for 120 patients. */
    int exported() {
        return patients.stream().filter(size -> size >= 120).findFirst().orElse(largest());
    }
}
