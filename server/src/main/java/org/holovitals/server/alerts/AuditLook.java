package org.holovitals.server.alerts;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.holovitals.server.database.AdvisoryLock;
import org.springframework.transaction.support.TransactionTemplate;

/** One look of all watches at what is new in the audit log. */
final class AuditLook {

    /** A row gets its time before it is committed: what is late by this much is found by the next look. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** Once in so many looks, and in the first, it goes back this far: a large bundle takes minutes. */
    private static final int DEEP_EVERY = 30;

    private static final Duration DEEP_OVERLAP = Duration.ofMinutes(10);

    /** So that a statement over a long absence stays within the timeout. */
    private static final Duration SLICE = Duration.ofHours(1);

    /** It rests for so many times as long as it worked, so that a busy log is not watched instead of written. */
    private static final int REST = 19;

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final AlertCursors cursors;
    private final List<AuditWatch> watches;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private long looks;
    private Instant restsUntil = Instant.MIN;

    AuditLook(
            DataSource dataSource,
            AlertCursors cursors,
            List<AuditWatch> watches,
            TransactionTemplate transactions,
            Clock clock) {
        this.dataSource = dataSource;
        this.cursors = cursors;
        this.watches = watches;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Looks, unless another server does. */
    void run() throws SQLException {
        Instant began = clock.instant();
        Optional<AdvisoryLock> lock = began.isBefore(restsUntil)
                ? Optional.empty()
                : AdvisoryLock.take(dataSource, AdvisoryLock.Task.AUDIT_WATCH.key());
        if (lock.isEmpty()) {
            return;
        }
        try {
            Duration overlap = looks % DEEP_EVERY == 0 ? DEEP_OVERLAP : OVERLAP;
            watches.forEach(watch -> catchUp(watch, overlap));
            looks++;
        } finally {
            rest(Duration.between(began, clock.instant()).multipliedBy(REST));
            lock.get().close();
        }
    }

    private void rest(Duration wanted) {
        restsUntil = clock.instant().plus(wanted.compareTo(LONGEST_REST) < 0 ? wanted : LONGEST_REST);
    }

    private void catchUp(AuditWatch watch, Duration overlap) {
        Instant now = clock.instant();
        Instant position = cursors.position(watch.name())
                .orElseGet(() -> watch.beginning(cursors.oldest().orElse(now), now));
        Instant from = position.minus(overlap);
        while (from.isBefore(now)) {
            Instant end = from.plus(SLICE).isBefore(now) ? from.plus(SLICE) : now;
            Instant start = from;
            transactions.executeWithoutResult(status -> {
                watch.look(start, end);
                cursors.moveTo(watch.name(), end);
            });
            from = end;
        }
    }
}
