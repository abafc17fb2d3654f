package org.holovitals.server.chain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** What somebody can do to a log who owns its tables, each time at another place. */
final class Tamperings {
    /** Something else for each column of a row. */
    static final Map<String, List<String>> ROW_COLUMNS = rowColumns();

    /** Something else for each column of a batch that says anything; its id is said by nobody. */
    static final Map<String, List<String>> BATCH_COLUMNS = batchColumns();

    private final OwnLog log;
    private final List<Batch> batches;
    private final Random random;

    Tamperings(OwnLog log, List<Batch> batches, Random random) {
        this.log = log;
        this.batches = batches;
        this.random = random;
    }

    /**
     * One way.
     *
     * @param does tampers, and returns the number of the row that has to be named, or 0 for none in particular
     */
    record Way(String name, LongSupplier does) {}

    private static Map<String, List<String>> rowColumns() {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        changes.put("id", List.of("gen_random_uuid()"));
        changes.put("timestamp", List.of("timestamp + interval '1 microsecond'", "timestamp - interval '40 days'"));
        changes.put("seq", List.of("seq + 100000", "-seq"));
        changes.put("user_id", List.of("null", "gen_random_uuid()"));
        changes.put("client_id", List.of("null", "client_id || ' '", "left(client_id, -1)"));
        changes.put("session_id", List.of("null", "''", "session_id || '0'"));
        changes.put("action", List.of("'search'", "upper(action)"));
        changes.put("resource", List.of("'Condition'", "resource || chr(8203)"));
        changes.put("resource_id", List.of("null", "resource_id || '0'", "reverse(resource_id)"));
        changes.put("patients", List.of("'{}'", "patients || array['p-0']", "array['p-0']", "array[null]::text[]"));
        changes.put("consents", List.of("'{}'", "consents || gen_random_uuid()"));
        changes.put("is_about_everyone", List.of("not is_about_everyone"));
        changes.put("outcome", List.of("'refused'", "'failure'"));
        changes.put("severity", List.of("'medium'", "'high'", "'critical'"));
        changes.put("requires_review", List.of("not requires_review"));
        changes.put("ip_address", List.of("null", "ip_address + 1", "set_masklen(ip_address, 24)"));
        changes.put("user_agent", List.of("null", "''", "'Agent'"));
        changes.put(
                "details",
                List.of("'{}'", "details - 'status'", "details || '{\"n\": 0}'", "details || '{\"x\": null}'"));
        changes.put("created_at", List.of("created_at - interval '1 microsecond'", "created_at + interval '1 hour'"));
        return changes;
    }

    private static Map<String, List<String>> batchColumns() {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        changes.put("number", List.of("number + 1000"));
        changes.put(
                "seqs", List.of("array_replace(seqs, seqs[1], seqs[1] - 1)", "array_replace(seqs, seqs[2], seqs[1])"));
        changes.put("row_hashes", List.of(flipped("row_hashes", 5), flipped("row_hashes", 40)));
        changes.put("previous_hash", List.of(flipped("previous_hash", 0)));
        changes.put("hash", List.of(flipped("hash", 31)));
        changes.put("signature", List.of(flipped("signature", 9), "''", "signature || '\\x00'"));
        changes.put("key_id", List.of("'other'", "upper(key_id) || ' '"));
        changes.put("created_at", List.of("created_at + interval '1 microsecond'", "created_at - interval '1 year'"));
        return changes;
    }

    private static String flipped(String column, int at) {
        return "set_byte(" + column + ", " + at + ", get_byte(" + column + ", " + at + ") # 16)";
    }

    /** All ways. */
    List<Way> all() {
        List<Way> ways = new ArrayList<>();
        ROW_COLUMNS.forEach((column, values) -> values.forEach(
                value -> ways.add(new Way("row: " + column + " = " + value, () -> changeARow(column, value)))));
        BATCH_COLUMNS.forEach((column, values) -> values.forEach(
                value -> ways.add(new Way("batch: " + column + " = " + value, () -> changeABatch(column, value)))));
        ways.addAll(List.of(
                new Way("a row is removed", this::removeARow),
                new Way("rows are removed", this::removeRows),
                new Way("two rows change places", this::swapRows),
                new Way("a row is inserted once more", () -> insert("seq")),
                new Way("a row is inserted before all", () -> insert("-seq")),
                new Way("a row is appended beyond the tail", () -> insert("seq + 100000")),
                new Way("a row is appended with a batch of another key", this::appendABatch),
                new Way("the tail of the rows is cut", this::cutRows),
                new Way("the tail of the batches is cut", this::cutBatches),
                new Way("the tail of both is cut", this::cutBoth),
                new Way("all is removed", this::removeAll),
                new Way("a batch is removed", this::removeABatch),
                new Way("a batch is removed with its rows", this::removeABatchWithItsRows),
                new Way("two batches change places", this::swapBatches),
                new Way("a batch loses its last row", this::shortenABatch),
                new Way("a row is changed and hashed anew", this::hashAnew),
                new Way("a row is changed and its batch signed by another key", this::signAnew),
                new Way("all is chained anew by another key", this::chainAnew),
                new Way("a row is removed as if its time were over", this::inventARemoval)));
        return ways;
    }

    private long changeARow(String column, String value) {
        long seq = anyRow();
        run("update holovitals.audit_logs set " + column + " = " + value + " where seq = ?", seq);
        return seq;
    }

    private long changeABatch(String column, String value) {
        run("update holovitals.audit_batches set " + column + " = " + value + " where number = ?", any().number());
        return 0;
    }

    private long removeARow() {
        long seq = anyRow();
        run("delete from holovitals.audit_logs where seq = ?", seq);
        return seq;
    }

    private long removeRows() {
        long seq = anyRow();
        run("delete from holovitals.audit_logs where seq between ? and ?", seq, seq + random.nextInt(20));
        return seq;
    }

    private long swapRows() {
        long one = anyRow();
        long other;
        do {
            other = anyRow();
        } while (other == one);
        run("update holovitals.audit_logs set seq = ? - seq where seq in (?, ?)", one + other, one, other);
        return one;
    }

    private long insert(String seq) {
        long copied = anyRow();
        run("""
                insert into holovitals.audit_logs (id, timestamp, seq, user_id, client_id, action, resource, outcome, created_at)
                select gen_random_uuid(), timestamp, %s, user_id, client_id, action, resource, outcome, created_at
                from holovitals.audit_logs where seq = ?
                """.formatted(seq), copied);
        return seq.equals("seq") ? copied : seq.equals("-seq") ? -copied : copied + 100000;
    }

    private long appendABatch() {
        long seq = insert("seq + 100000");
        String line = new Lines(log.jdbc).of(List.of(seq)).get(0).text();
        Batch last = batches.get(batches.size() - 1);
        log.batches()
                .add(Batch.of(
                        last.number() + 1,
                        last.createdAt(),
                        last.hash(),
                        List.of(seq),
                        List.of(Hash.of(line)),
                        ChainKey.make()));
        return 0;
    }

    private long cutRows() {
        Batch last = batches.get(batches.size() - 1);
        long seq = last.seqs().get(random.nextInt(last.seqs().size()));
        run("delete from holovitals.audit_logs where seq >= ?", seq);
        return seq;
    }

    private long cutBatches() {
        run("delete from holovitals.audit_batches where number >= ?", any().number());
        return 0;
    }

    private long cutBoth() {
        Batch first = any();
        run("delete from holovitals.audit_batches where number >= ?", first.number());
        run("delete from holovitals.audit_logs where seq >= ?", first.seqs().get(0));
        return 0;
    }

    private long removeAll() {
        run("delete from holovitals.audit_batches where number >= ?", 1);
        run(
                "delete from holovitals.audit_logs where seq >= ?",
                batches.get(0).seqs().get(0));
        return 0;
    }

    private long removeABatch() {
        run("delete from holovitals.audit_batches where number = ?", any().number());
        return 0;
    }

    private long removeABatchWithItsRows() {
        Batch batch = any();
        run("delete from holovitals.audit_batches where number = ?", batch.number());
        run(
                "delete from holovitals.audit_logs where seq between ? and ?",
                batch.seqs().get(0),
                last(batch));
        return 0;
    }

    private long swapBatches() {
        int one = random.nextInt(batches.size() - 1);
        long first = batches.get(one).number();
        long second =
                batches.get(one + 1 + random.nextInt(batches.size() - one - 1)).number();
        run("update holovitals.audit_batches set number = 1000000 where number = ?", first);
        run("update holovitals.audit_batches set number = ? where number = ?", first, second);
        run("update holovitals.audit_batches set number = ? where number = 1000000", second);
        return 0;
    }

    private long shortenABatch() {
        Batch batch = any();
        int rows = batch.seqs().size() - 1;
        run(
                "update holovitals.audit_batches set seqs = seqs[1:?], row_hashes = substring(row_hashes from 1 for ?) where number = ?",
                rows,
                rows * Hash.BYTES,
                batch.number());
        run("delete from holovitals.audit_logs where seq = ?", last(batch));
        return 0;
    }

    /** Hash and rows are as they should be, only the signature is still of the former ones. */
    private long hashAnew() {
        Batch batch = any();
        Batch forged = withAChangedRow(batch);
        replace(new Batch(
                forged.number(),
                forged.createdAt(),
                forged.previous(),
                forged.seqs(),
                forged.rows(),
                Seal.of(
                        forged.hash(),
                        batch.seal().signatureBytes(),
                        batch.seal().keyId())));
        return 0;
    }

    private long signAnew() {
        replace(withAChangedRow(any()));
        return 0;
    }

    private Batch withAChangedRow(Batch batch) {
        int at = random.nextInt(batch.seqs().size());
        long seq = batch.seqs().get(at);
        run("update holovitals.audit_logs set action = 'nothing' where seq = ?", seq);
        List<Hash> hashes = new ArrayList<>(batch.rows());
        hashes.set(at, Hash.of(new Lines(log.jdbc).of(List.of(seq)).get(0).text()));
        return Batch.of(batch.number(), batch.createdAt(), batch.previous(), batch.seqs(), hashes, ChainKey.make());
    }

    /** As if nothing had been there but what the forger wants. */
    private long chainAnew() {
        run("delete from holovitals.audit_batches where number >= ?", 1);
        run("update holovitals.audit_logs set action = 'nothing' where seq = ?", anyRow());
        ChainKey other = ChainKey.make();
        Hash previous = Hash.NONE;
        for (Batch batch : batches) {
            List<Hash> hashes = new Lines(log.jdbc)
                    .of(batch.seqs()).stream().map(line -> Hash.of(line.text())).toList();
            Batch made = Batch.of(batch.number(), batch.createdAt(), previous, batch.seqs(), hashes, other);
            log.batches().add(made);
            previous = made.hash();
        }
        return 0;
    }

    private void replace(Batch batch) {
        run("delete from holovitals.audit_batches where number = ?", batch.number());
        log.batches().add(batch);
    }

    private long inventARemoval() {
        long seq = removeARow();
        run(
                """
                insert into holovitals.audit_removals (id, month, row_count, seqs, removed_by, created_at)
                values (gen_random_uuid(), ?, 1, int8multirange(int8range(?, ?, '[]')), 'somebody', ?)
                """,
                "%d-%02d".formatted(1990 + random.nextInt(36), 1 + random.nextInt(12)),
                seq,
                seq,
                Instant.parse("2026-11-28T11:00:00Z").atOffset(ZoneOffset.UTC));
        return seq;
    }

    /** A way that changes nothing would be none. */
    private void run(String sql, Object... values) {
        if (log.jdbc.sql(sql).params(values).update() == 0) {
            throw new IllegalStateException("nothing was changed by " + sql);
        }
    }

    private Batch any() {
        return batches.get(random.nextInt(batches.size()));
    }

    private long anyRow() {
        List<Long> seqs = any().seqs();
        return seqs.get(random.nextInt(seqs.size()));
    }

    private static long last(Batch batch) {
        return batch.seqs().stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    /** The ways, as often as it takes for a number of tamperings, in one order. */
    List<Way> times(int count) {
        List<Way> ways = all();
        return IntStream.range(0, count)
                .mapToObj(i -> ways.get(i % ways.size()))
                .toList();
    }
}
