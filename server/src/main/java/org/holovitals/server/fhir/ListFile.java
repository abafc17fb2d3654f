package org.holovitals.server.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A resource file of lines {@code key: word word + word}; {@code #} starts a comment line, {@code +} only groups. */
final class ListFile {
    private ListFile() {}

    static Map<String, List<String>> read(String resource) {
        try (InputStream in = ListFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && line.contains(":"))
                    .map(line -> line.split(":", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> words(parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split("[\\s+]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
