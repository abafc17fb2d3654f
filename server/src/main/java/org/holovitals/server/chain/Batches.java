package org.holovitals.server.chain;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code audit_batches}. */
final class Batches {
    private final JdbcClient jdbc;
    private final Ids ids;

    Batches(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** The end of the chain. */
    record Tip(long number, Hash hash, Instant createdAt) {
        static final Tip NONE = new Tip(0, Hash.NONE, Instant.EPOCH);
    }

    /** Where the next batch goes on; {@link Tip#NONE} before the first. */
    Tip tip() {
        return jdbc.sql("select number, hash, created_at from holovitals.audit_batches order by number desc limit 1")
                .query((row, index) -> new Tip(
                        row.getLong(1),
                        new Hash(row.getBytes(2)),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .optional()
                .orElse(Tip.NONE);
    }

    void add(Batch batch) {
        ByteBuffer rows = ByteBuffer.allocate(batch.rows().size() * Hash.BYTES);
        batch.rows().forEach(row -> rows.put(row.bytes()));
        jdbc.sql("""
                        insert into holovitals.audit_batches
                          (id, number, seqs, row_hashes, previous_hash, hash, signature, key_id, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        ids.next(),
                        batch.number(),
                        batch.seqs().toArray(Long[]::new),
                        rows.array(),
                        batch.previous().bytes(),
                        batch.hash().bytes(),
                        batch.seal().signatureBytes(),
                        batch.seal().keyId(),
                        batch.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The first batch after a number. */
    Optional<Batch> after(long number) {
        return jdbc.sql("""
                        select number, created_at, previous_hash, seqs, row_hashes, hash, signature, key_id
                        from holovitals.audit_batches where number > ? order by number limit 1
                        """).param(number).query(Batches::read).optional();
    }

    /** The number of the first batch that was made at a moment or later; none when there is none. */
    Optional<Long> firstSince(Instant moment) {
        return jdbc.sql("""
                        select number from holovitals.audit_batches where created_at >= ? order by created_at, number limit 1
                        """)
                .param(moment.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional();
    }

    private static Batch read(ResultSet row, int index) throws SQLException {
        return new Batch(
                row.getLong("number"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                new Hash(row.getBytes("previous_hash")),
                Arrays.asList((Long[]) row.getArray("seqs").getArray()),
                split(row.getBytes("row_hashes")),
                Seal.of(new Hash(row.getBytes("hash")), row.getBytes("signature"), row.getString("key_id")));
    }

    private static List<Hash> split(byte[] hashes) {
        List<Hash> rows = new ArrayList<>(hashes.length / Hash.BYTES);
        for (int i = 0; i < hashes.length; i += Hash.BYTES) {
            rows.add(new Hash(Arrays.copyOfRange(hashes, i, i + Hash.BYTES)));
        }
        return rows;
    }
}
