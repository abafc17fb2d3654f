package org.holovitals.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The sample that the server is delivered with: ten synthetic patients whom nobody here wrote. */
public final class Sample {
    private static final Path DIRECTORY = Path.of("src/main/resources/sample");

    private Sample() {}

    /** Its bundles, zipped: hospitals, practitioners, and one for each patient. */
    public static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json.gz"))
                    .sorted()
                    .toList();
        }
    }

    /** The JSON of one. */
    public static String text(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
