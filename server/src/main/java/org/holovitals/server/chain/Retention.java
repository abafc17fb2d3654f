package org.holovitals.server.chain;

import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chain.Holds.Hold;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Drops the months of the log whose time is over. Works as the tables' owner; each thing done leaves a row in the log. */
public final class Retention {
    private final TransactionOperations transactions;
    private final Holds holds;
    private final Months months;
    private final Removals removals;
    private final Batches batches;
    private final AuditLogs audit;
    private final String user;
    private final Clock clock;

    /** On connections of the owner, for a user who works at them. */
    public Retention(JdbcClient owner, TransactionOperations transactions, String user, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.holds = new Holds(owner, ids);
        this.months = new Months(owner);
        this.removals = new Removals(owner, ids);
        this.batches = new Batches(owner, ids);
        this.audit = new AuditLogs(owner, ids);
        this.user = user;
        this.clock = clock;
    }

    /**
     * What was done with a month.
     *
     * @param rows how many rows went; none of a month that is held
     */
    public record Pruned(YearMonth month, long rows, boolean isHeld) {}

    /** Drops each month that ended more than seven years ago and that no hold covers. */
    public List<Pruned> prune() {
        YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
        List<Pruned> done = new ArrayList<>();
        for (YearMonth month : months.all()) {
            if (month.plusYears(Removal.YEARS).isBefore(now)) {
                done.add(transactions.execute(status -> prune(month)));
            }
        }
        return done;
    }

    private Pruned prune(YearMonth month) {
        if (holds.cover(month)) {
            return new Pruned(month, 0, true);
        }
        requireChained(month);
        long rows = removals.add(month, user, clock.instant());
        months.drop(month);
        record("prune-audit-log", month.toString(), Map.of("rows", rows));
        return new Pruned(month, rows, false);
    }

    /** A row that no batch holds would leave no trace. */
    private void requireChained(YearMonth month) {
        SeqRanges open = new SeqRanges();
        months.seqs(month).forEach(open::add);
        SeqRanges chained = new SeqRanges();
        Optional<Batch> batch = batches.after(0);
        while (batch.isPresent()) {
            batch.get().seqs().stream().filter(open::contains).forEach(chained::add);
            batch = batches.after(batch.get().number());
        }
        if (!open.asMap().equals(chained.asMap())) {
            throw new IllegalStateException("Rows of " + month
                    + " are in no batch of the chain: run `audit verify`, and a server that chains them");
        }
    }

    /** Keeps months beyond their time, and returns the hold's id. */
    public UUID hold(YearMonth first, YearMonth last, String reason) {
        UUID placed = transactions.execute(status -> {
            UUID id = holds.place(first, last, reason, user, clock.instant());
            record("hold-audit-log", id.toString(), Map.of("first", first.toString(), "last", last.toString()));
            return id;
        });
        return Objects.requireNonNull(placed);
    }

    /** Ends a hold; false when there is no such hold, or it has ended. */
    public boolean release(UUID id) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean isReleased = holds.release(id, user, clock.instant());
            if (isReleased) {
                record("release-audit-log", id.toString(), Map.of());
            }
            return isReleased;
        }));
    }

    /** The holds that are not released, each in a line. */
    public List<String> holds() {
        return holds.all().stream()
                .filter(hold -> hold.releasedAt() == null)
                .map(Retention::text)
                .toList();
    }

    private static String text(Hold hold) {
        return hold.id() + "  " + hold.firstMonth() + " to " + hold.lastMonth() + "  " + hold.reason() + " ("
                + hold.placedBy() + ")";
    }

    private void record(String action, @Nullable String id, Map<String, Object> details) {
        Map<String, Object> all = new TreeMap<>(details);
        all.put("login", user);
        audit.append(new AuditEntry(
                clock.instant(),
                new Who(null, "command", null, null, null),
                action,
                "audit_logs",
                id,
                About.NOBODY,
                Outcome.SUCCESS,
                Severity.HIGH,
                true,
                all));
    }
}
