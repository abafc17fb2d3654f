package org.holovitals.server.alerts;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.holovitals.server.database.AdvisoryLock;
import org.springframework.transaction.support.TransactionTemplate;

/** One look of all watches at what is new in the audit log. */
final class AuditLook {
    /** So that a statement over a long absence stays within the timeout. */
    private static final Duration SLICE = Duration.ofHours(1);

    private final DataSource dataSource;
    private final AlertCursors cursors;
    private final Map<AuditWatch, Pace> watches = new LinkedHashMap<>();
    private final TransactionTemplate transactions;
    private final Clock clock;

    AuditLook(
            DataSource dataSource,
            AlertCursors cursors,
            List<AuditWatch> watches,
            TransactionTemplate transactions,
            Clock clock) {
        this.dataSource = dataSource;
        this.cursors = cursors;
        watches.forEach(watch -> this.watches.put(watch, new Pace()));
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Looks with those watches whose turn it is, unless another server does. */
    void run() throws SQLException {
        Optional<AdvisoryLock> lock = AdvisoryLock.take(dataSource, AdvisoryLock.Task.AUDIT_WATCH);
        if (lock.isEmpty()) {
            return;
        }
        try {
            watches.forEach(this::look);
        } finally {
            lock.get().close();
        }
    }

    private void look(AuditWatch watch, Pace pace) {
        Instant began = clock.instant();
        if (pace.isDue(began)) {
            catchUp(watch, pace.overlap());
            pace.worked(began, clock.instant());
        }
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
