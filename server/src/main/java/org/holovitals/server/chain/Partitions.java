package org.holovitals.server.chain;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The months of {@code audit_logs}. */
final class Partitions {
    private static final int MONTHS_AHEAD = 3;

    private final JdbcClient jdbc;

    Partitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes those that are missing from this month on. The function locks the table, so it is called for them only. */
    void makeAhead(Instant now) {
        jdbc.sql("""
                        select holovitals.create_audit_logs_partition(cast(month as date))
                        from generate_series(date_trunc('month', cast(? as timestamp)),
                          date_trunc('month', cast(? as timestamp)) + make_interval(months => ?), interval '1 month') as month
                        where to_regclass('holovitals.audit_logs_' || to_char(month, 'YYYY_MM')) is null
                        """)
                .params(
                        now.atOffset(ZoneOffset.UTC).toLocalDate(),
                        now.atOffset(ZoneOffset.UTC).toLocalDate(),
                        MONTHS_AHEAD)
                .query(String.class)
                .list();
    }
}
