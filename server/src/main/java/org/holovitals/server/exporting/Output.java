package org.holovitals.server.exporting;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of one export: they all appear when it is whole, the manifest last. */
final class Output implements AutoCloseable {
    private static final String MANIFEST = "manifest.json";

    private final Path directory;
    private final boolean gzip;
    private final SortedMap<String, NdjsonFile> files = new TreeMap<>();

    private Output(Path directory, boolean gzip) {
        this.directory = directory;
        this.gzip = gzip;
    }

    static Output in(Path directory, boolean gzip) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> present = Files.list(directory)) {
            Optional<Path> former = present.filter(Output::isOfAnExport).findFirst();
            if (former.isPresent()) {
                throw new FileAlreadyExistsException(
                        former.get().toString(), null, "the directory holds an export already; choose an empty one");
            }
        }
        return new Output(directory, gzip);
    }

    private static boolean isOfAnExport(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(MANIFEST)
                || (!name.startsWith(".") && (name.endsWith(".ndjson") || name.endsWith(".ndjson.gz")));
    }

    void write(String type, String line) throws IOException {
        NdjsonFile file = files.get(type);
        if (file == null) {
            file = NdjsonFile.create(directory.resolve(type + (gzip ? ".ndjson.gz" : ".ndjson")), gzip);
            files.put(type, file);
        }
        file.write(line);
    }

    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        files.forEach((type, file) -> counts.put(type, file.lines()));
        return counts;
    }

    void publish(Instant instant) throws IOException {
        for (NdjsonFile file : files.values()) {
            file.finish();
        }
        for (NdjsonFile file : files.values()) {
            file.publish();
        }
        try (NdjsonFile manifest = NdjsonFile.create(directory.resolve(MANIFEST), false)) {
            manifest.write(manifest(instant));
            manifest.finish();
            manifest.publish();
        }
    }

    /** The names are those of the Bulk Data Access manifest. */
    private String manifest(Instant instant) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode manifest = json.createObjectNode();
        manifest.put("transactionTime", instant.toString());
        ArrayNode output = manifest.putArray("output");
        files.forEach((type, file) ->
                output.addObject().put("type", type).put("url", file.name()).put("count", file.lines()));
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
    }

    @Override
    public void close() throws IOException {
        for (NdjsonFile file : files.values()) {
            file.close();
        }
    }
}
