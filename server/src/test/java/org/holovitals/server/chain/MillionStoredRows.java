package org.holovitals.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.chain.Finding.Kind;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * One flipped bit among a million rows in the database of a server that chains them. No test: docs/benchmarks/proof.sh runs
 * it on a database of its own.
 */
final class MillionStoredRows extends ServerTest {
    private static final Logger log = LoggerFactory.getLogger(MillionStoredRows.class);
    private static final int ROWS = Integer.getInteger("holovitals.proof.rows", 1_000_000);
    private static final long SEED = Long.getLong("holovitals.tamperings.seed", 20261128);
    private static final int BITS = 3;
    private static final int AT_ONCE = 50_000;

    private final AuditChain chain;
    private final JdbcClient owner;

    @Autowired
    MillionStoredRows(AuditChain chain, Login login) {
        this.chain = chain;
        this.owner = asOwner(login);
    }

    @DynamicPropertySource
    static void aDatabaseOfItsOwn(DynamicPropertyRegistry properties) {
        properties.add(
                "holovitals.database.directory", () -> newDirectory("proof").toString());
    }

    @Test
    void oneFlippedBitIsFound() {
        Instant begin = Instant.now();
        for (int done = 0; done < ROWS; done += AT_ONCE) {
            OwnLog.rows(owner, Math.min(AT_ONCE, ROWS - done), Instant.now());
        }
        log.info("{} rows are written in {}", ROWS, since(begin));
        Instant written = Instant.now();
        Awaitility.await().atMost(30, TimeUnit.MINUTES).until(() -> chain.extend() == 0 && unchained() == 0);
        log.info("and chained {} later", since(written));
        assertThat(verified().findings()).isEmpty();

        Random random = new Random(SEED);
        for (int i = 0; i < BITS; i++) {
            long seq = owner.sql("select min(seq) + ? from holovitals.audit_logs")
                    .param(random.nextInt(ROWS))
                    .query(Long.class)
                    .single();
            FlippedBit bit = FlippedBit.any(random);
            bit.flip(owner, seq);
            Verification found = verified();
            log.info("{} of row {}: {}", bit, seq, found.findings());
            assertThat(found.findings())
                    .extracting(Finding::kind, Finding::seq)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.ROW_CHANGED, seq));
            bit.flip(owner, seq);
        }
        assertThat(verified().findings()).isEqualTo(List.of());
    }

    private Verification verified() {
        Instant begin = Instant.now();
        Verification found = chain.verify();
        assertThat(found.rows()).isGreaterThanOrEqualTo(ROWS);
        log.info("{} rows are checked in {}", found.rows(), since(begin));
        return found;
    }

    private long unchained() {
        return owner.sql("""
                        select (select count(*) from holovitals.audit_logs)
                          - (select coalesce(sum(cardinality(seqs)), 0) from holovitals.audit_batches)
                        """).query(Long.class).single();
    }

    private static String since(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis() / 1000.0 + " s";
    }
}
