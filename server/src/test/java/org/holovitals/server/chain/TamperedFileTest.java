package org.holovitals.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.holovitals.server.chain.Finding.Kind;
import org.junit.jupiter.api.Test;

/** Whatever somebody does to an exported file, the file and the public key tell. */
final class TamperedFileTest {
    private static final int TAMPERINGS = 1000;
    private static final int BATCHES = 6;
    private static final int ROWS = 40;
    private static final long SEED = 20261128;

    private final SignedLog log = new SignedLog();
    private final List<String> lines = log.lines(BATCHES, ROWS);
    private final Random random = new Random(SEED);

    /** A way to tamper; returns the number of the row that has to be named, or 0. */
    @FunctionalInterface
    private interface Tampering {
        long with(List<String> lines);
    }

    private final List<Tampering> tamperings = List.of(
            this::changeARow,
            this::removeARow,
            this::swapRows,
            this::repeatARow,
            this::addARow,
            this::cutTheTail,
            this::changeABatch,
            this::removeABatchLine,
            this::removeAWholeBatch,
            this::exchangeTheNumbersOfRows,
            this::signABatchWithAnotherKey,
            this::hashABatchAnewWithoutTheKey,
            this::removeTheLastBatches,
            this::changeTheEnd,
            this::inventARemoval);

    @Test
    void aLogThatNobodyTouchedIsIntact() {
        assertThat(log.verify(lines))
                .isEqualTo(new Verification(BATCHES, (long) BATCHES * ROWS, 0, 0, 1, BATCHES, 0, List.of()));
    }

    @Test
    void aThousandTamperingsAreFound() {
        for (int i = 0; i < TAMPERINGS; i++) {
            List<String> changed = new ArrayList<>(lines);
            int kind = i % tamperings.size();
            long seq = tamperings.get(kind).with(changed);
            Verification found = log.verify(changed);
            assertThat(found.isIntact()).as("tampering %d of kind %d", i, kind).isFalse();
            if (seq > 0) {
                assertThat(found.findings())
                        .as("tampering %d of kind %d", i, kind)
                        .extracting(Finding::seq)
                        .contains(seq);
            }
        }
    }

    @Test
    void theFirstThatIsWrongIsNamed() {
        List<String> changed = new ArrayList<>(lines);
        Collections.replaceAll(changed, SignedLog.row(50), SignedLog.row(50).replace("p-0", "p-1"));
        Collections.replaceAll(changed, SignedLog.row(51), SignedLog.row(51).replace("success", "refused"));

        assertThat(log.verify(changed).findings())
                .containsExactly(new Finding(Kind.ROW_CHANGED, 2L, 50L), new Finding(Kind.ROW_CHANGED, 2L, 51L));
        assertThat(log.verify(changed).first().map(Finding::text)).hasValue("batch 2, row 50: the row was changed");
    }

    private List<Integer> rows(List<String> of) {
        return indexes(of, "{\"id\":");
    }

    private List<Integer> batches(List<String> of) {
        return indexes(of, "{\"audit_batch\":");
    }

    private static List<Integer> indexes(List<String> of, String start) {
        return IntStream.range(0, of.size())
                .filter(i -> of.get(i).startsWith(start))
                .boxed()
                .toList();
    }

    private int any(List<Integer> indexes) {
        return indexes.get(random.nextInt(indexes.size()));
    }

    private static long seq(String row) {
        return Long.parseLong(row.replaceFirst(".*\"seq\": (\\d+),.*", "$1"));
    }

    private String mutated(String line) {
        int place = random.nextInt(line.length());
        char other;
        do {
            other = (char) (' ' + random.nextInt('~' - ' '));
        } while (other == line.charAt(place));
        return line.substring(0, place) + other + line.substring(place + 1);
    }

    private long changeARow(List<String> of) {
        int row = any(rows(of));
        long seq = seq(of.get(row));
        of.set(row, mutated(of.get(row)));
        return seq;
    }

    private long removeARow(List<String> of) {
        return seq(of.remove(any(rows(of))));
    }

    private long swapRows(List<String> of) {
        int one = any(rows(of));
        int other;
        do {
            other = any(rows(of));
        } while (other == one);
        Collections.swap(of, one, other);
        return 0;
    }

    private long repeatARow(List<String> of) {
        String row = of.get(any(rows(of)));
        of.add(any(rows(of)), row);
        return seq(row);
    }

    private long addARow(List<String> of) {
        long seq = 10_000L + random.nextInt(100);
        of.add(any(rows(of)), SignedLog.row(seq));
        return seq;
    }

    private long cutTheTail(List<String> of) {
        of.subList(1 + random.nextInt(of.size() - 1), of.size()).clear();
        return 0;
    }

    private long changeABatch(List<String> of) {
        int batch = any(batches(of));
        of.set(batch, mutated(of.get(batch)));
        return 0;
    }

    private long removeABatchLine(List<String> of) {
        of.remove(any(batches(of)));
        return 0;
    }

    private long removeAWholeBatch(List<String> of) {
        int batch = any(batches(of));
        of.subList(batch, batch + 1 + ROWS).clear();
        return 0;
    }

    private long exchangeTheNumbersOfRows(List<String> of) {
        int one = any(rows(of).subList(0, 50));
        int other = any(rows(of).subList(60, 100));
        long seq = seq(of.get(one));
        long second = seq(of.get(other));
        String first = of.get(one).replace("\"seq\": " + seq + ",", "\"seq\": " + second + ",");
        of.set(one, of.get(other).replace("\"seq\": " + second + ",", "\"seq\": " + seq + ","));
        of.set(other, first);
        return seq;
    }

    private long signABatchWithAnotherKey(List<String> of) {
        int last = batches(of).get(BATCHES - 1);
        TrailLines.tell(
                of.get(last),
                new Read(batch -> of.set(
                        last,
                        TrailLines.of(Batch.of(
                                batch.number(),
                                batch.createdAt(),
                                batch.previous(),
                                batch.seqs(),
                                batch.rows(),
                                ChainKey.make())))));
        return 0;
    }

    private long hashABatchAnewWithoutTheKey(List<String> of) {
        int last = batches(of).get(BATCHES - 1);
        int row = last + 1 + random.nextInt(ROWS);
        of.set(row, of.get(row).replace("read", "erased"));
        TrailLines.tell(of.get(last), new Read(batch -> {
            List<Hash> hashes = new ArrayList<>(batch.rows());
            hashes.set(row - last - 1, Hash.of(of.get(row)));
            Batch made = Batch.of(
                    batch.number(), batch.createdAt(), batch.previous(), batch.seqs(), hashes, ChainKey.make());
            Seal seal = Seal.of(
                    made.hash(), batch.seal().signatureBytes(), batch.seal().keyId());
            of.set(
                    last,
                    TrailLines.of(new Batch(
                            batch.number(), batch.createdAt(), batch.previous(), batch.seqs(), hashes, seal)));
        }));
        return 0;
    }

    private long removeTheLastBatches(List<String> of) {
        of.subList(batches(of).get(1 + random.nextInt(BATCHES - 1)), of.size() - 1)
                .clear();
        return 0;
    }

    private long changeTheEnd(List<String> of) {
        of.set(of.size() - 1, mutated(of.get(of.size() - 1)));
        return 0;
    }

    private long inventARemoval(List<String> of) {
        int row = any(rows(of));
        long seq = seq(of.remove(row));
        of.add(
                1,
                TrailLines.of(new Removal(
                        YearMonth.of(2015, 1 + random.nextInt(12)),
                        List.of(new Removal.Range(seq, seq)),
                        SignedLog.NOW.minusSeconds(5))));
        return seq;
    }

    /** Reads one batch. */
    private record Read(java.util.function.Consumer<Batch> sink) implements Trail.Listener {
        @Override
        public void removal(Removal removal) {}

        @Override
        public void batch(Batch batch) {
            sink.accept(batch);
        }

        @Override
        public void row(long seq, byte[] line) {}
    }
}
