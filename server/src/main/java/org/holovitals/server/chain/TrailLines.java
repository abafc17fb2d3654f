package org.holovitals.server.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.chain.Removal.Range;
import org.holovitals.server.chain.Trail.FileEnd;

/** The lines of an exported file that are no rows: one spelling of each, so that nothing can hide in another. */
final class TrailLines {
    /** The first line. */
    static final String HEADER = "{\"audit_export\":1}";

    private static final JsonMapper JSON = new JsonMapper();

    private TrailLines() {}

    static String of(Removal removal) {
        ObjectNode line =
                JSON.createObjectNode().put("audit_removal", removal.month().toString());
        ArrayNode ranges = line.putArray("seqs");
        removal.seqs().forEach(range -> ranges.addArray().add(range.first()).add(range.last()));
        return line.put("removed_at", removal.removedAt().toString()).toString();
    }

    static String of(Batch batch) {
        ObjectNode line = JSON.createObjectNode()
                .put("audit_batch", batch.number())
                .put("created_at", batch.createdAt().toString())
                .put("previous_hash", batch.previous().hex());
        ArrayNode seqs = line.putArray("seqs");
        batch.seqs().forEach(seqs::add);
        ArrayNode hashes = line.putArray("row_hashes");
        batch.rows().forEach(row -> hashes.add(row.hex()));
        return sealed(line, batch.seal()).toString();
    }

    static String of(FileEnd end) {
        ObjectNode line = JSON.createObjectNode()
                .put("audit_end", end.number())
                .put("first", end.first())
                .put("batch_hash", end.batchHash().hex());
        return sealed(line, end.seal()).toString();
    }

    private static ObjectNode sealed(ObjectNode line, Seal seal) {
        return line.put("hash", seal.hash().hex())
                .put("signature", seal.signature())
                .put("key_id", seal.keyId());
    }

    /** Tells a listener what a line says; false when it says nothing, or not in its one spelling. */
    static boolean tell(String line, Trail.Listener listener) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.has("audit_batch")) {
                return same(line, batch(json), TrailLines::of, listener::batch);
            }
            return json.has("audit_removal")
                    ? same(line, removal(json), TrailLines::of, listener::removal)
                    : same(line, end(json), TrailLines::of, listener::end);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static <T> boolean same(
            String line,
            Optional<T> read,
            java.util.function.Function<T, String> spelling,
            java.util.function.Consumer<T> sink) {
        boolean isSame = read.map(spelling).filter(line::equals).isPresent();
        if (isSame) {
            sink.accept(read.orElseThrow());
        }
        return isSame;
    }

    private static Optional<Batch> batch(JsonNode json) {
        List<Long> seqs = new ArrayList<>();
        json.path("seqs").forEach(seq -> seqs.add(seq.asLong()));
        List<Hash> rows = new ArrayList<>();
        json.path("row_hashes").forEach(row -> rows.add(Hash.ofHex(row.asText())));
        return Optional.of(new Batch(
                json.path("audit_batch").asLong(),
                Instant.parse(json.path("created_at").asText()),
                Hash.ofHex(json.path("previous_hash").asText()),
                seqs,
                rows,
                seal(json)));
    }

    private static Optional<Removal> removal(JsonNode json) {
        List<Range> ranges = new ArrayList<>();
        json.path("seqs")
                .forEach(range -> ranges.add(
                        new Range(range.path(0).asLong(), range.path(1).asLong())));
        return Optional.of(new Removal(
                YearMonth.parse(json.path("audit_removal").asText()),
                ranges,
                Instant.parse(json.path("removed_at").asText())));
    }

    private static Optional<FileEnd> end(JsonNode json) {
        return json.has("audit_end")
                ? Optional.of(new FileEnd(
                        json.path("first").asLong(),
                        json.path("audit_end").asLong(),
                        Hash.ofHex(json.path("batch_hash").asText()),
                        seal(json)))
                : Optional.empty();
    }

    private static Seal seal(JsonNode json) {
        return Seal.of(
                Hash.ofHex(json.path("hash").asText()),
                Base64.getDecoder().decode(json.path("signature").asText()),
                json.path("key_id").asText());
    }
}
