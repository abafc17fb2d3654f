package org.holovitals.server.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holovitals.server.database.PrivateFiles;

/**
 * A file beside the database with the last batch of every few seconds: whoever cuts off the end of the log in the database
 * does not reach it. The newest lines are kept, since older batches are held by those after them.
 */
final class Anchors {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int MOST_LINES = 20_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Clock clock;
    private Instant noted = Instant.EPOCH;
    private long number;
    private int lines = -1;

    Anchors(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Writes a batch down, unless another was just now. */
    void note(Batch batch) {
        if (!clock.instant().isBefore(noted.plus(EVERY))) {
            noteNow(batch);
        }
    }

    /** Writes a batch down, durably. */
    void noteNow(Batch batch) {
        if (batch.number() == number) {
            return;
        }
        try {
            append(line(batch));
            number = batch.number();
            noted = clock.instant();
        } catch (IOException e) {
            throw new UncheckedIOException("The anchor of the audit log cannot be written", e);
        }
    }

    private static String line(Batch batch) {
        return JSON.createObjectNode()
                .put("number", batch.number())
                .put("hash", batch.hash().hex())
                .put("created_at", batch.createdAt().toString())
                .put("key_id", batch.seal().keyId())
                .put("signature", batch.seal().signature())
                .toString();
    }

    private void append(String line) throws IOException {
        if (lines < 0) {
            lines = Files.exists(file) ? Files.readAllLines(file).size() : 0;
        }
        if (lines >= MOST_LINES) {
            List<String> all = Files.readAllLines(file);
            PrivateFiles.write(file, String.join("\n", all.subList(all.size() / 2, all.size())) + "\n");
            lines = all.size() - all.size() / 2;
        }
        try (FileChannel channel = FileChannel.open(PrivateFiles.file(file), StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        lines++;
    }

    /** What is in the file; nothing without one. A last line that a crash cut short is left out. */
    static AnchorCheck read(Path file) {
        try {
            return new AnchorCheck(Files.exists(file) ? parsed(Files.readAllLines(file)) : Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static Map<Long, Hash> parsed(List<String> lines) {
        Map<Long, Hash> hashes = new TreeMap<>();
        for (String line : lines) {
            try {
                JsonNode anchor = JSON.readTree(line);
                hashes.put(
                        anchor.path("number").asLong(),
                        Hash.ofHex(anchor.path("hash").asText()));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                if (!line.equals(lines.get(lines.size() - 1))) {
                    throw new IllegalStateException("The anchors of the audit log cannot be read", e);
                }
            }
        }
        return hashes;
    }
}
