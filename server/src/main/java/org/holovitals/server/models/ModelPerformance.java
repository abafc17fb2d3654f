package org.holovitals.server.models;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code model_performance}: a row for each model and hour, counted from the rows of its calls. */
final class ModelPerformance {
    private final JdbcClient jdbc;

    ModelPerformance(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Counts an hour from all of its calls, however often it was counted before. Costs and rates are of the calls that have
     * ended; an unknown price makes the sum unknown.
     *
     * @param id of the row, where there is none yet
     */
    void count(UUID id, ModelCalls.Hour hour, Instant now) {
        jdbc.sql("""
                        insert into holovitals.model_performance as p (id, provider, model, period_start, period_end,
                          avg_response_time, avg_tokens_per_second, success_rate, error_rate, avg_cost_per_request,
                          avg_cost_per_token, total_requests, total_tokens, total_cost, currency, created_at)
                        select :id, :provider, :model, :start, :end,
                          avg(response_time) filter (where status <> 'failed'),
                          1000.0 * sum(output_tokens) filter (where response_time is not null)
                            / nullif(sum(response_time) filter (where status <> 'failed'), 0),
                          count(*) filter (where status = 'complete') / count(*)::numeric,
                          count(*) filter (where status = 'failed') / count(*)::numeric,
                          case when count(cost) = count(*) then avg(cost) end,
                          case when count(cost) = count(*) then sum(cost) / nullif(sum(input_tokens + output_tokens), 0) end,
                          count(*), coalesce(sum(input_tokens + output_tokens), 0),
                          case when count(cost) = count(*) then sum(cost) end, max(currency), :now
                        from holovitals.model_calls
                        where provider = :provider and model = :model and started_at >= :start and started_at < :end
                          and status <> 'sent'
                        having count(*) > 0
                        on conflict (provider, model, period_start) do update set
                          avg_response_time = excluded.avg_response_time,
                          avg_tokens_per_second = excluded.avg_tokens_per_second, success_rate = excluded.success_rate,
                          error_rate = excluded.error_rate, avg_cost_per_request = excluded.avg_cost_per_request,
                          avg_cost_per_token = excluded.avg_cost_per_token, total_requests = excluded.total_requests,
                          total_tokens = excluded.total_tokens, total_cost = excluded.total_cost, currency = excluded.currency
                        """)
                .param("id", id)
                .param("provider", hour.provider())
                .param("model", hour.model())
                .param("start", hour.hour().atOffset(ZoneOffset.UTC))
                .param("end", hour.hour().plus(1, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * A model in an hour, with what is unknown as null.
     *
     * @param responseMillis of an answer, from the call to its end
     * @param cost in digits
     */
    record Line(
            String provider,
            String model,
            Instant from,
            long requests,
            long tokens,
            @Nullable BigDecimal responseMillis,
            @Nullable BigDecimal tokensPerSecond,
            @Nullable BigDecimal successRate,
            @Nullable BigDecimal errorRate,
            @Nullable String cost,
            String currency) {}

    /** The hours since a moment, the newest first. */
    List<Line> since(Instant from, int most) {
        return jdbc.sql("""
                        select * from holovitals.model_performance where period_start >= ?
                        order by period_start desc, provider, model limit ?
                        """)
                .params(from.atOffset(ZoneOffset.UTC), most)
                .query((row, number) -> line(row))
                .list();
    }

    private static Line line(ResultSet row) throws SQLException {
        BigDecimal cost = row.getBigDecimal("total_cost");
        return new Line(
                row.getString("provider"),
                row.getString("model"),
                row.getObject("period_start", OffsetDateTime.class).toInstant(),
                row.getLong("total_requests"),
                row.getLong("total_tokens"),
                row.getBigDecimal("avg_response_time"),
                row.getBigDecimal("avg_tokens_per_second"),
                row.getBigDecimal("success_rate"),
                row.getBigDecimal("error_rate"),
                cost == null ? null : cost.toPlainString(),
                row.getString("currency"));
    }
}
