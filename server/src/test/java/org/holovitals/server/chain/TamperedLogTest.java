package org.holovitals.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.chain.Finding.Kind;
import org.holovitals.server.chain.Tamperings.Way;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever the owner of the tables does to the log in the database, its check tells. */
final class TamperedLogTest extends ServerTest {
    private static final Logger LOG = LoggerFactory.getLogger(TamperedLogTest.class);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    private static final long SEED = Long.getLong("holovitals.tamperings.seed", 20261128);
    private static final int TAMPERINGS = Integer.getInteger("holovitals.tamperings", 1000);
    private static final int BATCHES = 4;
    private static final int BATCH = 15;
    private static final int ROWS = BATCHES * BATCH;

    private final Login login;
    private final Random random = new Random(SEED);

    @Autowired
    TamperedLogTest(Login login) {
        this.login = login;
    }

    @Test
    void aThousandTamperingsAreFound() throws SQLException {
        Map<String, Integer> tried = new TreeMap<>();
        try (OwnLog log = new OwnLog(login, CLOCK)) {
            List<Batch> batches = filled(log);
            Map<Long, Hash> anchors = anchors(batches);
            assertThat(log.verify(anchors)).isEqualTo(untouched());

            for (Way way : new Tamperings(log, batches, random).times(TAMPERINGS)) {
                AtomicLong named = new AtomicLong();
                Verification found =
                        log.verifyAfter(anchors, () -> named.set(way.does().getAsLong()));
                assertThat(found.findings()).as("%s, seed %d", way.name(), SEED).isNotEmpty();
                if (named.get() != 0) {
                    assertThat(found.findings())
                            .as("%s, seed %d", way.name(), SEED)
                            .extracting(Finding::seq)
                            .contains(named.get());
                }
                tried.merge(way.name(), 1, Integer::sum);
            }
            assertThat(log.verify(anchors)).isEqualTo(untouched());
        }
        LOG.info("{} tamperings of {} kinds in the database, seed {}: all found", TAMPERINGS, tried.size(), SEED);
    }

    @Test
    void eachColumnIsTamperedWith() throws SQLException {
        try (OwnLog log = new OwnLog(login, CLOCK)) {
            assertThat(Tamperings.ROW_COLUMNS.keySet()).isEqualTo(columns(log, "audit_logs"));
            Set<String> ofBatches = columns(log, "audit_batches");
            assertThat(ofBatches.remove("id")).isTrue();
            assertThat(Tamperings.BATCH_COLUMNS.keySet()).isEqualTo(ofBatches);
        }
    }

    private static Set<String> columns(OwnLog log, String table) {
        return new TreeSet<>(log.jdbc.sql("""
                        select column_name from information_schema.columns
                        where table_schema = 'holovitals' and table_name = ?
                        """).param(table).query(String.class).list());
    }

    @Test
    void whatWasRemovedAndAddedIsNamed() throws SQLException {
        try (OwnLog log = new OwnLog(login, CLOCK)) {
            List<Batch> batches = filled(log);
            Map<Long, Hash> anchors = anchors(batches);
            List<Long> seqs =
                    batches.stream().flatMap(batch -> batch.seqs().stream()).toList();
            int place = random.nextInt(ROWS / 2);
            long seq = seqs.get(place);
            long other = seqs.get(ROWS / 2 + random.nextInt(ROWS / 2));
            assertThat(after(log, anchors, "delete from holovitals.audit_logs where seq = " + seq))
                    .containsExactly(new Finding(Kind.ROW_REMOVED, place / BATCH + 1L, seq));
            assertThat(after(
                            log,
                            anchors,
                            "update holovitals.audit_logs set seq = " + seq + " + " + other + " - seq where seq in ("
                                    + seq + ", " + other + ")"))
                    .extracting(Finding::kind)
                    .containsExactly(Kind.ROW_CHANGED, Kind.ROW_CHANGED);
            String copy =
                    "insert into holovitals.audit_logs (id, timestamp, seq, action, resource, outcome, created_at)"
                            + " select gen_random_uuid(), timestamp, %s, action, resource, outcome, created_at"
                            + " from holovitals.audit_logs where seq = " + seq;
            assertThat(after(log, anchors, copy.formatted(seq)))
                    .extracting(Finding::kind)
                    .contains(Kind.ROW_ADDED);
            assertThat(after(log, anchors, copy.formatted(-5)))
                    .containsExactly(new Finding(Kind.ROW_UNCHAINED, null, -5L));
        }
    }

    @Test
    void aTailThatIsCutIsNamed() throws SQLException {
        try (OwnLog log = new OwnLog(login, CLOCK)) {
            List<Batch> batches = filled(log);
            Map<Long, Hash> anchors = anchors(batches);
            String rows = "delete from holovitals.audit_logs where seq >= "
                    + batches.get(BATCHES - 1).seqs().get(0);
            String batch = "delete from holovitals.audit_batches where number = " + BATCHES;
            assertThat(after(log, anchors, rows)).hasSize(BATCH);
            assertThat(after(log, anchors, batch))
                    .extracting(Finding::kind)
                    .contains(Kind.TAIL_CUT, Kind.ROW_UNCHAINED);
            assertThat(after(log, anchors, rows, batch)).containsExactly(new Finding(Kind.TAIL_CUT, 3L, null));
            assertThat(after(log, anchors, "delete from holovitals.audit_batches where number = 2"))
                    .contains(new Finding(Kind.BATCH_MISSING, 3L, null));
            assertThat(log.verify(Map.of(4L, Hash.NONE)).findings())
                    .containsExactly(new Finding(Kind.ANCHOR_DIFFERS, 4L, null));
        }
    }

    /** The same among a million rows: MillionStoredRows, a program. */
    @Test
    void oneFlippedBitAmongManyRowsIsFound() throws SQLException {
        int rows = 20_000;
        try (OwnLog log = new OwnLog(login, CLOCK)) {
            log.rows(rows, CLOCK.instant().minusSeconds(600));
            Sequencer sequencer = log.sequencer(1_000);
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < rows / 1_000; i++) {
                batches.add(log.next(sequencer));
            }
            Batch batch = batches.get(random.nextInt(batches.size()));
            long seq = batch.seqs().get(random.nextInt(batch.seqs().size()));
            FlippedBit bit = FlippedBit.any(random);
            assertThat(log.verifyAfter(anchors(batches), () -> bit.flip(log.jdbc, seq)))
                    .as("%s, seed %d", bit, SEED)
                    .isEqualTo(new Verification(
                            20, rows, 0, 0, 1, 20, 1, List.of(new Finding(Kind.ROW_CHANGED, batch.number(), seq))));
        }
    }

    private static List<Batch> filled(OwnLog log) {
        log.rows(ROWS, CLOCK.instant().minusSeconds(600));
        Sequencer sequencer = log.sequencer(BATCH);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            batches.add(log.next(sequencer));
        }
        return batches;
    }

    private static Map<Long, Hash> anchors(List<Batch> batches) {
        Batch last = batches.get(batches.size() - 1);
        return Map.of(last.number(), last.hash());
    }

    private static Verification untouched() {
        return new Verification(BATCHES, ROWS, 0, 0, 1, BATCHES, 0, List.of());
    }

    private static List<Finding> after(OwnLog log, Map<Long, Hash> anchors, String... statements) throws SQLException {
        return log.verifyAfter(anchors, () -> {
                    for (String statement : statements) {
                        assertThat(log.jdbc.sql(statement).update())
                                .as(statement)
                                .isPositive();
                    }
                })
                .findings();
    }
}
