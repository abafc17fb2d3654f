package org.holovitals.server.chain;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chain.Removal.Range;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code audit_removals}. */
final class Removals {
    private final JdbcClient jdbc;
    private final Ids ids;

    Removals(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** All, in the order of their months. */
    List<Removal> all() {
        return jdbc.sql("""
                        select month, created_at,
                          array(select lower(r) || '-' || (upper(r) - 1) from unnest(seqs) r order by lower(r)) as ranges
                        from holovitals.audit_removals order by month
                        """)
                .query((row, index) -> new Removal(
                        YearMonth.parse(row.getString("month")),
                        Arrays.stream((String[]) row.getArray("ranges").getArray())
                                .map(Removals::range)
                                .toList(),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static Range range(String text) {
        String[] ends = text.split("-", 2);
        return new Range(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
    }

    /** Writes down which rows of a month there are, before they go; returns how many. */
    long add(YearMonth month, String by, Instant now) {
        Instant begin = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return jdbc.sql("""
                        insert into holovitals.audit_removals (id, month, row_count, seqs, removed_by, created_at)
                        select ?, ?, count(*), coalesce(range_agg(int8range(seq, seq, '[]')), '{}'), ?, ?
                        from holovitals.audit_logs where timestamp >= ? and timestamp < ?
                        returning row_count
                        """)
                .params(
                        ids.next(),
                        month.toString(),
                        by,
                        now.atOffset(ZoneOffset.UTC),
                        begin.atOffset(ZoneOffset.UTC),
                        end.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }
}
