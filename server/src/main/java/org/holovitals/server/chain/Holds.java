package org.holovitals.server.chain;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code audit_holds}. */
final class Holds {
    private final JdbcClient jdbc;
    private final Ids ids;

    Holds(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    UUID place(YearMonth first, YearMonth last, String reason, String by, Instant now) {
        UUID id = ids.next();
        jdbc.sql("""
                        insert into holovitals.audit_holds (id, first_month, last_month, reason, placed_by, placed_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(id, first.toString(), last.toString(), reason, by, now.atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    /** Ends a hold; false when there is no such hold, or it has ended. */
    boolean release(UUID id, String by, Instant now) {
        return jdbc.sql("""
                        update holovitals.audit_holds set released_by = ?, released_at = ? where id = ? and released_at is null
                        """).params(by, now.atOffset(ZoneOffset.UTC), id).update() == 1;
    }

    boolean cover(YearMonth month) {
        return jdbc.sql("""
                        select exists (select from holovitals.audit_holds
                          where released_at is null and ? between first_month and last_month)
                        """).param(month.toString()).query(Boolean.class).single();
    }

    /** All, the oldest first. */
    List<Hold> all() {
        return jdbc.sql("""
                        select id, first_month, last_month, reason, placed_by, placed_at, released_at from holovitals.audit_holds
                        order by placed_at
                        """)
                .query((row, index) -> new Hold(
                        row.getObject("id", UUID.class),
                        row.getString("first_month"),
                        row.getString("last_month"),
                        row.getString("reason"),
                        row.getString("placed_by"),
                        row.getTimestamp("released_at") == null
                                ? null
                                : row.getTimestamp("released_at").toInstant()))
                .list();
    }

    /** Months that are kept beyond their time until it is released. */
    record Hold(
            UUID id,
            String firstMonth,
            String lastMonth,
            String reason,
            String placedBy,
            @Nullable Instant releasedAt) {}
}
