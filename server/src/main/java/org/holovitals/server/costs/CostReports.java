package org.holovitals.server.costs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sums over the tables of costs: they are counted from the rows each time, so they cannot disagree with them. */
final class CostReports {
    private final JdbcClient jdbc;

    CostReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is put together. */
    enum By {
        USER,
        MODEL,
        DAY
    }

    /** Days of UTC, both included. */
    record Days(LocalDate from, LocalDate to) {}

    /**
     * A line of a report.
     *
     * @param key the user's row, the model, the day or the instance
     * @param cost the exact sum, in digits: a number of JSON could lose the last ones
     * @param withoutPrice how many of the requests have no known cost, and are not in the sum
     */
    record Line(
            String key,
            String currency,
            long requests,
            long inputTokens,
            long outputTokens,
            String cost,
            long withoutPrice) {}

    /** Of one user, or of all when it is null. */
    List<Line> of(@Nullable UUID user, By by, Days days) {
        return jdbc.sql("""
                        select case :by
                            when 'user' then user_id::text
                            when 'model' then model
                            else to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD') end as key,
                          currency, count(*) as requests, sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens,
                          coalesce(sum(cost), 0) as cost, count(*) filter (where cost is null) as without_price
                        from holovitals.cost_entries
                        where timestamp >= :from::date::timestamp at time zone 'UTC'
                          and timestamp < (:to::date + 1)::timestamp at time zone 'UTC'
                          and (:user::uuid is null or user_id = :user::uuid)
                        group by key, currency order by key, currency
                        """)
                .param("by", by.name().toLowerCase(Locale.ROOT))
                .param("from", days.from())
                .param("to", days.to())
                .param("user", user, Types.OTHER)
                .query(CostReports::line)
                .list();
    }

    /** What each instance cost that was started in these days. */
    List<Line> ofInstances(Days days) {
        return jdbc.sql("""
                        select instance_id::text as key, currency, tasks_completed as requests, tokens_processed as input_tokens,
                          0 as output_tokens, coalesce(total_cost, 0) as cost, (total_cost is null)::integer as without_price
                        from holovitals.instance_costs
                        where created_at >= :from::date::timestamp at time zone 'UTC'
                          and created_at < (:to::date + 1)::timestamp at time zone 'UTC'
                        order by created_at, key
                        """)
                .param("from", days.from())
                .param("to", days.to())
                .query(CostReports::line)
                .list();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        return new Line(
                row.getString("key"),
                row.getString("currency"),
                row.getLong("requests"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                row.getBigDecimal("cost").toPlainString(),
                row.getLong("without_price"));
    }
}
