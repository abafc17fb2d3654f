package org.holovitals.server.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code holovitals_table_rows} and {@code holovitals_table_bytes} of each of our tables. PostgreSQL's own estimate of
 * the rows is a moment old and costs nothing; counting them would read the tables at every scrape.
 */
@Component
final class TableMetrics implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final Clock clock;
    private Map<String, Size> sizes = Map.of();
    private Instant readAt = Instant.MIN;

    TableMetrics(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Size(double rows, double bytes) {
        static final Size NONE = new Size(0, 0);
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        for (String table : sizes().keySet()) {
            Gauge.builder("holovitals.table.rows", this, self -> self.size(table)
                            .rows())
                    .description("Rows of a table, as PostgreSQL estimates them")
                    .tag("table", table)
                    .register(metrics);
            Gauge.builder("holovitals.table.bytes", this, self -> self.size(table)
                            .bytes())
                    .description("Bytes of a table with its indexes")
                    .tag("table", table)
                    .register(metrics);
        }
    }

    private Size size(String table) {
        return sizes().getOrDefault(table, Size.NONE);
    }

    private synchronized Map<String, Size> sizes() {
        Instant now = clock.instant();
        if (readAt.plus(FRESH).isBefore(now)) {
            sizes = read();
            readAt = now;
        }
        return sizes;
    }

    private Map<String, Size> read() {
        Map<String, Size> found = new TreeMap<>();
        jdbc.sql("""
                        select relname, n_live_tup, pg_total_relation_size(relid) from pg_stat_user_tables
                        where schemaname = 'holovitals' or (schemaname = 'fhir' and relname in ('hfj_resource', 'hfj_res_ver'))
                        """).query(row -> {
            found.put(row.getString(1), new Size(row.getLong(2), row.getLong(3)));
        });
        return found;
    }
}
