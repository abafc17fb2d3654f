package org.holovitals.server.finder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Data files below {@code finder}: columns between tabs, comments after {@code #}. */
final class Tsv {
    private Tsv() {}

    static List<String[]> rows(String name) {
        try (InputStream file = Objects.requireNonNull(Tsv.class.getResourceAsStream("/finder/" + name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
