package org.holovitals.server.labs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A table on the class path: cells between tabs, and lines of comment. */
final class TableFile {
    private TableFile() {}

    /** The cells of each line. */
    static List<String[]> rows(String path) {
        try (InputStream in = TableFile.class.getResourceAsStream(path);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("A table cannot be read: " + path, e);
        }
    }
}
