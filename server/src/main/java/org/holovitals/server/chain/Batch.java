package org.holovitals.server.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A link of the chain: some rows of the log with their hashes, and the hash of the batch before.
 *
 * @param number 1 for the first, without gaps
 * @param createdAt when it was made, in whole microseconds
 * @param previous hash of the batch before
 * @param seqs numbers of its rows, ascending
 * @param rows hash of each row's line, in the same order
 * @param seal its hash with the signature over it
 */
record Batch(long number, Instant createdAt, Hash previous, List<Long> seqs, List<Hash> rows, Seal seal) {
    private static final byte[] HEADER = "holovitals-audit-batch-v1\n".getBytes(StandardCharsets.US_ASCII);

    /** Closes a list of rows. */
    static Batch of(long number, Instant now, Hash previous, List<Long> seqs, List<Hash> rows, ChainKey key) {
        Instant createdAt = now.truncatedTo(ChronoUnit.MICROS);
        Hash hash = hash(number, createdAt, previous, seqs, rows);
        return new Batch(number, createdAt, previous, List.copyOf(seqs), List.copyOf(rows), key.seal(hash));
    }

    /** What its hash has to be: see docs/audit.md for the bytes. */
    Hash computedHash() {
        return hash(number, createdAt, previous, seqs, rows);
    }

    private static Hash hash(long number, Instant createdAt, Hash previous, List<Long> seqs, List<Hash> rows) {
        ByteBuffer bytes = ByteBuffer.allocate(
                HEADER.length + 3 * Long.BYTES + Hash.BYTES + seqs.size() * Long.BYTES + rows.size() * Hash.BYTES);
        bytes.put(HEADER).putLong(number).put(previous.bytes());
        bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt));
        bytes.putLong(seqs.size());
        seqs.forEach(bytes::putLong);
        rows.forEach(row -> bytes.put(row.bytes()));
        return Hash.of(bytes.array());
    }

    Hash hash() {
        return seal.hash();
    }
}
