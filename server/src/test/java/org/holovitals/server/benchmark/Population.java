package org.holovitals.server.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * As many patients as are asked for, the same in each run: first those of the files as they are, then each of them again
 * with other ids, another name and earlier dates.
 */
final class Population {
    private static final List<String> SHARED = List.of("\"Organization\"", "\"Practitioner\"");

    private final List<String> shared;
    private final List<String> patients;

    private Population(List<String> shared, List<String> patients) {
        this.shared = shared;
        this.patients = patients;
    }

    static Population of(Optional<Path> zip) throws IOException {
        Map<String, String> files = zip.isPresent() ? unzipped(zip.get()) : sample();
        List<String> byName = files.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        Map<String, List<String>> byKind = byName.stream().collect(Collectors.groupingBy(Population::firstType));
        return new Population(
                SHARED.stream()
                        .flatMap(type -> byKind.getOrDefault(type, List.of()).stream())
                        .toList(),
                byKind.getOrDefault("\"Patient\"", List.of()));
    }

    /** What all patients refer to: bundles to be loaded first, in this order. */
    List<byte[]> shared() {
        return shared.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The transaction bundles of the patients from one number to before another. */
    List<byte[]> patients(int from, int to) {
        List<byte[]> bundles = new ArrayList<>();
        for (int number = from; number < to; number++) {
            String original = patients.get(number % patients.size());
            bundles.add(new Variation(number / patients.size()).of(original).getBytes(StandardCharsets.UTF_8));
        }
        return bundles;
    }

    private static String firstType(String bundle) {
        int entries = bundle.indexOf("\"entry\"");
        int type = bundle.indexOf("\"resourceType\"", Math.max(0, entries));
        int value = bundle.indexOf('"', bundle.indexOf(':', type));
        return bundle.substring(value, bundle.indexOf('"', value + 1) + 1);
    }

    private static Map<String, String> unzipped(Path zip) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static Map<String, String> sample() throws IOException {
        try (InputStream list = resource("files.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(name -> name.endsWith(".gz"))
                    .sorted(Comparator.naturalOrder())
                    .collect(Collectors.toMap(name -> name, Population::inflated));
        }
    }

    private static String inflated(String name) {
        try (InputStream in = new GZIPInputStream(resource(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Population.class.getResourceAsStream("/sample/" + name), name);
    }
}
