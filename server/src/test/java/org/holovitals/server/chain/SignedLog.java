package org.holovitals.server.chain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** An exported log of made-up rows. */
final class SignedLog {
    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    final ChainKey key = ChainKey.make();

    /** Rows in batches, with a gap in the numbers after every seventh row. */
    List<String> lines(int batches, int rowsOfBatch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TrailWriter writer = new TrailWriter(out, key);
        Hash previous = Hash.NONE;
        long seq = 0;
        for (int number = 1; number <= batches; number++) {
            List<Long> seqs = new ArrayList<>();
            for (int i = 0; i < rowsOfBatch; i++) {
                seq += seq % 7 == 6 ? 2 : 1;
                seqs.add(seq);
            }
            Batch batch = batch(number, previous, seqs);
            writer.batch(batch);
            seqs.forEach(one -> writer.row(one, row(one).getBytes(StandardCharsets.UTF_8)));
            previous = batch.hash();
        }
        writer.finish();
        return out.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toCollection(ArrayList::new));
    }

    Batch batch(long number, Hash previous, List<Long> seqs) {
        return Batch.of(
                number,
                NOW.minusSeconds(1000 - number),
                previous,
                seqs,
                seqs.stream().map(seq -> Hash.of(row(seq))).toList(),
                key);
    }

    static String row(long seq) {
        return "{\"id\": \"" + new UUID(7, seq) + "\", \"seq\": " + seq
                + ", \"action\": \"read\", \"details\": {\"status\": 200}, \"outcome\": \"success\", \"patients\": [\"p-"
                + seq % 10 + "\"], \"resource\": \"Observation\", \"timestamp\": \"2026-11-28T11:00:00.000000Z\"}";
    }

    Verification verify(List<String> lines) {
        byte[] file = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Verifier(KnownKeys.of(key.open()), AnchorCheck.NONE, NOW)
                .ofFile(new FileTrail(new ByteArrayInputStream(file)));
    }
}
