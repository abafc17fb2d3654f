package org.holovitals.server.chain;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The partitions of {@code audit_logs} as their owner sees them. */
final class Months {
    private static final String PREFIX = "audit_logs_";
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuu_MM");

    private final JdbcClient jdbc;

    Months(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those there are, the oldest first. */
    List<YearMonth> all() {
        return jdbc.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = 'holovitals.audit_logs'::regclass and c.relname ~ '^audit_logs_\\d{4}_\\d{2}$'
                        order by c.relname
                        """).query(String.class).list().stream()
                .map(name -> YearMonth.parse(name.substring(PREFIX.length()), SUFFIX))
                .toList();
    }

    /** The numbers of a month's rows. */
    List<Long> seqs(YearMonth month) {
        return jdbc.sql("select seq from holovitals." + table(month) + " order by seq")
                .query(Long.class)
                .list();
    }

    /** Drops a month with its reviews. */
    void drop(YearMonth month) {
        jdbc.sql("delete from holovitals.audit_reviews where audit_log_timestamp >= ? and audit_log_timestamp < ?")
                .params(
                        month.atDay(1).atStartOfDay(ZoneOffset.UTC).toOffsetDateTime(),
                        month.plusMonths(1)
                                .atDay(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toOffsetDateTime())
                .update();
        jdbc.sql("alter table holovitals.audit_logs detach partition holovitals." + table(month))
                .update();
        jdbc.sql("drop table holovitals." + table(month)).update();
    }

    private static String table(YearMonth month) {
        return PREFIX + SUFFIX.format(month);
    }
}
