package org.holovitals.server.costs;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What users may spend in a day. An amount is kept before something begins and settled when it ends; each is one statement
 * that locks the user's row of the day, so requests side by side cannot keep more than the limit together.
 */
public final class Quotas {
    private static final String KEPT =
            "select id, user_id, call_id from holovitals.cost_reservations where settled_at is null";

    private final JdbcClient jdbc;
    private final Ids ids;
    private final CostSettings settings;
    private final Clock clock;

    Quotas(JdbcClient jdbc, Ids ids, CostSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How a user stands today.
     *
     * @param cost what may be spent, in the currency
     * @param usedCost spent or kept
     */
    public record Standing(
            LocalDate day, String currency, BigDecimal cost, BigDecimal usedCost, long tokens, long usedTokens) {}

    /**
     * Keeps an amount of a user's day; empty when that would be over the limit, and then nothing is kept. It is settled by
     * whoever keeps it, however long that takes.
     *
     * @param cost null where it is not known: then the tokens alone count
     */
    public Optional<UUID> reserve(UUID user, @Nullable BigDecimal cost, long tokens) {
        return reserve(user, cost, tokens, null);
    }

    /** The same until a moment, from which on it is found by {@link #overdue}. */
    public Optional<UUID> reserve(UUID user, @Nullable BigDecimal cost, long tokens, @Nullable Instant due) {
        return jdbc.sql("""
                        with limits as (
                          select coalesce(max(daily_cost), :daily_cost) as cost, coalesce(max(daily_tokens), :daily_tokens) as tokens
                          from holovitals.spending_limits where user_id = :user
                        ), kept as (
                          insert into holovitals.daily_spending as d
                            (id, user_id, day, reserved_cost, reserved_tokens, currency, created_at)
                          select :spending, :user, :day, :cost, :tokens, :currency, :now from limits
                          where :cost <= limits.cost and :tokens <= limits.tokens
                          on conflict (user_id, day) do update
                          set reserved_cost = d.reserved_cost + excluded.reserved_cost,
                            reserved_tokens = d.reserved_tokens + excluded.reserved_tokens
                          where d.spent_cost + d.reserved_cost + excluded.reserved_cost <= (select cost from limits)
                            and d.spent_tokens + d.reserved_tokens + excluded.reserved_tokens <= (select tokens from limits)
                          returning user_id, day
                        )
                        insert into holovitals.cost_reservations (id, user_id, day, cost, tokens, currency, due_at, created_at)
                        select :id, user_id, day, :cost, :tokens, :currency, :due, :now from kept
                        returning id
                        """)
                .param("daily_cost", settings.dailyCost())
                .param("daily_tokens", settings.dailyTokens())
                .param("user", user)
                .param("spending", ids.next())
                .param("currency", settings.currency())
                .param("day", beginning())
                .param("cost", cost == null ? BigDecimal.ZERO : cost)
                .param("tokens", tokens)
                .param("due", due == null ? null : due.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", now())
                .param("id", ids.next())
                .query(UUID.class)
                .optional();
    }

    /** Says for which call something is kept, before it leaves; false when it is not kept any more. */
    public boolean tie(UUID reservation, UUID call) {
        return jdbc.sql("update holovitals.cost_reservations set call_id = ? where id = ? and settled_at is null")
                        .params(call, reservation)
                        .update()
                == 1;
    }

    /**
     * What is kept and not settled.
     *
     * @param call the row in model_calls; null where nothing has left
     */
    public record Kept(UUID id, UUID user, @Nullable UUID call) {}

    /** One of them. */
    public Optional<Kept> kept(UUID reservation) {
        return jdbc.sql(KEPT + " and id = ?")
                .param(reservation)
                .query((row, number) -> kept(row))
                .optional();
    }

    /** Those that somebody ought to have settled by now, the oldest first. */
    public List<Kept> overdue(int most) {
        return jdbc.sql(KEPT + " and due_at < ? order by due_at limit ?")
                .params(now(), most)
                .query((row, number) -> kept(row))
                .list();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("call_id", UUID.class));
    }

    /** Puts what it came to in the place of what was kept; false when it was settled already, which changes nothing. */
    public boolean settle(UUID reservation, @Nullable BigDecimal cost, long tokens) {
        return jdbc.sql("""
                        with settled as (
                          update holovitals.cost_reservations
                          set settled_cost = :cost, settled_tokens = :tokens, settled_at = :now
                          where id = :id and settled_at is null
                          returning user_id, day, cost, tokens
                        )
                        update holovitals.daily_spending d
                        set reserved_cost = d.reserved_cost - s.cost, reserved_tokens = d.reserved_tokens - s.tokens,
                          spent_cost = d.spent_cost + :cost, spent_tokens = d.spent_tokens + :tokens
                        from settled s where d.user_id = s.user_id and d.day = s.day
                        """)
                        .param("cost", cost == null ? BigDecimal.ZERO : cost)
                        .param("tokens", tokens)
                        .param("now", now())
                        .param("id", reservation)
                        .update()
                == 1;
    }

    /** Gives back what was kept, as nothing was spent. */
    public boolean release(UUID reservation) {
        return settle(reservation, BigDecimal.ZERO, 0);
    }

    /** How a user stands today. */
    Standing standing(UUID user) {
        return jdbc.sql("""
                        select coalesce(max(l.daily_cost), :daily_cost) as cost, coalesce(max(l.daily_tokens), :daily_tokens) as tokens,
                          coalesce(max(d.spent_cost + d.reserved_cost), 0) as used_cost,
                          coalesce(max(d.spent_tokens + d.reserved_tokens), 0) as used_tokens
                        from (select 1) as one
                        left join holovitals.spending_limits l on l.user_id = :user
                        left join holovitals.daily_spending d on d.user_id = :user and d.day = :day
                        """)
                .param("daily_cost", settings.dailyCost())
                .param("daily_tokens", settings.dailyTokens())
                .param("user", user)
                .param("day", beginning())
                .query((row, number) -> new Standing(
                        today(),
                        settings.currency(),
                        row.getBigDecimal("cost"),
                        row.getBigDecimal("used_cost"),
                        row.getLong("tokens"),
                        row.getLong("used_tokens")))
                .single();
    }

    /** What an administrator let a user spend in a day. */
    record Limit(UUID user, String currency, BigDecimal cost, long tokens, Instant setAt) {}

    /** All limits that were set, the last first. */
    List<Limit> limits() {
        return jdbc.sql("""
                        select user_id, currency, daily_cost, daily_tokens, updated_at from holovitals.spending_limits
                        order by updated_at desc, id
                        """)
                .query((row, number) -> new Limit(
                        row.getObject("user_id", UUID.class),
                        row.getString("currency"),
                        row.getBigDecimal("daily_cost"),
                        row.getLong("daily_tokens"),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Sets what a user may spend in a day. */
    void limit(UUID user, BigDecimal cost, long tokens, UUID administrator) {
        jdbc.sql("""
                        insert into holovitals.spending_limits
                          (id, user_id, daily_cost, currency, daily_tokens, set_by, created_at, updated_at)
                        values (:id, :user, :cost, :currency, :tokens, :by, :now, :now)
                        on conflict (user_id) do update set daily_cost = excluded.daily_cost, currency = excluded.currency,
                          daily_tokens = excluded.daily_tokens, set_by = excluded.set_by, updated_at = excluded.updated_at
                        """)
                .param("id", ids.next())
                .param("user", user)
                .param("cost", cost)
                .param("currency", settings.currency())
                .param("tokens", tokens)
                .param("by", administrator)
                .param("now", now())
                .update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Of today. */
    private OffsetDateTime beginning() {
        return clock.instant().truncatedTo(ChronoUnit.DAYS).atOffset(ZoneOffset.UTC);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
