package org.holovitals.server.health;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code system_health}. */
final class SystemHealth {
    private static final int DIGITS = 4;
    private static final BigDecimal NANOS_IN_MILLI = BigDecimal.valueOf(1_000_000);

    private final JdbcClient jdbc;
    private final Ids ids;

    SystemHealth(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * A sample; times in milliseconds, shares in percent but for the rate of errors.
     *
     * @param message why it is not healthy
     */
    record Sample(
            String component,
            String status,
            @Nullable BigDecimal responseTime,
            @Nullable BigDecimal errorRate,
            @Nullable BigDecimal throughput,
            @Nullable BigDecimal cpuUsage,
            @Nullable BigDecimal memoryUsage,
            @Nullable BigDecimal diskUsage,
            @Nullable String message,
            Instant timestamp) {}

    /** Adds a sample, and returns how the component was in the one before; empty where there was none. */
    Optional<String> add(Component component, Reading reading, Load load, Instant now) {
        Optional<String> before =
                jdbc.sql("""
                        select status from holovitals.system_health where component = ? order by timestamp desc, id desc limit 1
                        """).param(component.text()).query(String.class).optional();
        jdbc.sql("""
                        insert into holovitals.system_health (id, component, status, response_time, error_rate, throughput, cpu_usage,
                          memory_usage, disk_usage, timestamp, message, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        ids.next(),
                        component.text(),
                        reading.status().text(),
                        millis(reading.responseTime()),
                        rounded(reading.errorRate()),
                        rounded(reading.throughput()),
                        rounded(load.cpuPercent()),
                        rounded(load.memoryPercent()),
                        rounded(reading.diskPercent()),
                        now.atOffset(ZoneOffset.UTC),
                        reading.message(),
                        now.atOffset(ZoneOffset.UTC)))
                .update();
        return before;
    }

    /** The last one of each component. */
    List<Sample> latest() {
        return jdbc.sql("""
                        select distinct on (component) * from holovitals.system_health
                        order by component, timestamp desc, id desc
                        """).query((row, number) -> sample(row)).list();
    }

    /** Those of a time, the newest first; of all components when none is named. */
    List<Sample> history(@Nullable String component, Instant from, int limit) {
        return jdbc.sql("""
                        select * from holovitals.system_health
                        where timestamp >= :from and (:component::text is null or component = :component::text)
                        order by timestamp desc, id desc limit :limit
                        """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("component", component, Types.VARCHAR)
                .param("limit", limit)
                .query((row, number) -> sample(row))
                .list();
    }

    /** Removes those of before a time, but for the last one of each component; returns how many. */
    int prune(Instant before) {
        return jdbc.sql("""
                        delete from holovitals.system_health h
                        where h.timestamp < ? and exists (
                          select from holovitals.system_health later
                          where later.component = h.component and later.timestamp > h.timestamp)
                        """).param(before.atOffset(ZoneOffset.UTC)).update();
    }

    private static Sample sample(ResultSet row) throws SQLException {
        return new Sample(
                row.getString("component"),
                row.getString("status"),
                row.getBigDecimal("response_time"),
                row.getBigDecimal("error_rate"),
                row.getBigDecimal("throughput"),
                row.getBigDecimal("cpu_usage"),
                row.getBigDecimal("memory_usage"),
                row.getBigDecimal("disk_usage"),
                row.getString("message"),
                row.getObject("timestamp", OffsetDateTime.class).toInstant());
    }

    private static @Nullable BigDecimal millis(@Nullable Duration time) {
        return time == null
                ? null
                : BigDecimal.valueOf(time.toNanos()).divide(NANOS_IN_MILLI, DIGITS, RoundingMode.HALF_UP);
    }

    private static @Nullable BigDecimal rounded(@Nullable Double value) {
        return value == null || !Double.isFinite(value)
                ? null
                : BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP);
    }
}
