package org.holovitals.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.holovitals.server.chain.Finding.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class MillionRowsTest {
    private static final Logger log = LoggerFactory.getLogger(MillionRowsTest.class);
    private static final int ROWS = 1_000_000;
    private static final int BATCH = 1_000;

    private final SignedLog rows = new SignedLog();

    @Test
    void oneFlippedBitInAMillionRowsIsFound(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("audit.ndjson");
        Path key = directory.resolve("public.pem");
        Files.writeString(key, Pem.encode(rows.key.open().getEncoded(), "PUBLIC KEY"));
        write(file);

        long seq = flipABit(file);
        Instant begin = Instant.now();
        Verification found = AuditChain.verifyFile(file, List.of(key), Clock.systemUTC());
        log.info(
                "a million rows are checked in {} ms",
                Duration.between(begin, Instant.now()).toMillis());

        Finding changed = new Finding(Kind.ROW_CHANGED, (seq - 1) / BATCH + 1, seq);
        assertThat(found).isEqualTo(new Verification(ROWS / BATCH, ROWS, 0, 0, 1, ROWS / BATCH, 1, List.of(changed)));
    }

    private void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            TrailWriter writer = new TrailWriter(out, rows.key);
            Hash previous = Hash.NONE;
            for (int number = 1; number <= ROWS / BATCH; number++) {
                List<Long> seqs = LongStream.rangeClosed((number - 1L) * BATCH + 1, (long) number * BATCH)
                        .boxed()
                        .toList();
                Batch batch = rows.batch(number, previous, seqs);
                writer.batch(batch);
                seqs.forEach(seq -> writer.row(seq, SignedLog.row(seq).getBytes(StandardCharsets.UTF_8)));
                previous = batch.hash();
            }
            writer.finish();
        }
    }

    /** In a row somewhere in the file, behind its number; returns the number. */
    private static long flipABit(Path file) throws IOException {
        Random random = new Random(7);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            while (true) {
                bytes.seek((long) (random.nextDouble() * bytes.length() * 0.99));
                bytes.readLine();
                long start = bytes.getFilePointer();
                String line = bytes.readLine();
                if (line != null && line.startsWith("{\"id\"")) {
                    long place = start + line.indexOf("Observation") + 3;
                    bytes.seek(place);
                    int value = bytes.read();
                    bytes.seek(place);
                    bytes.write(value ^ 1);
                    return Long.parseLong(line.replaceFirst(".*\"seq\": (\\d+),.*", "$1"));
                }
            }
        }
    }
}
