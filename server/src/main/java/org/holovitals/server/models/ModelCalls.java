package org.holovitals.server.models;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code model_calls}: each time that something left for a model, without whose it was. */
public final class ModelCalls {
    private static final String UNDER_WAY =
            "select c.id, c.provider, c.model, c.input_tokens, c.output_tokens from holovitals.model_calls c";

    private final JdbcClient jdbc;
    private final Clock clock;

    ModelCalls(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A call that begins.
     *
     * @param purpose {@code chat} or {@code analysis}
     * @param sha256 of the body, in hexadecimal digits
     * @param most what it may use
     */
    public record Begun(UUID id, Model model, String purpose, EgressMode mode, String sha256, Usage most) {}

    /** Adds a call, in the transaction that runs, before anything of it leaves. */
    public void begin(Begun call) {
        jdbc.sql("""
                        insert into holovitals.model_calls
                          (id, provider, model, purpose, egress_mode, body_sha256, status, input_tokens, output_tokens,
                           usage_estimated, started_at, created_at)
                        values (?, ?, ?, ?, ?, ?, 'sent', ?, ?, true, ?, ?)
                        """)
                .params(
                        call.id(),
                        call.model().provider(),
                        call.model().model(),
                        call.purpose(),
                        call.mode().text(),
                        call.sha256(),
                        call.most().inputTokens(),
                        call.most().outputTokens(),
                        now(),
                        now())
                .update();
    }

    /** From sent to its end; false when it has ended already. */
    public boolean end(UUID id, Answered reply, @Nullable BigDecimal cost, String currency) {
        return jdbc.sql("""
                                update holovitals.model_calls set status = :status, attempts = :attempts, ended_at = :now,
                                  input_tokens = :input, output_tokens = :output, usage_estimated = :estimated, cost = :cost,
                                  currency = :currency, first_piece_time = :first, response_time = :time
                                where id = :id and status = 'sent'
                                """)
                        .param("status", reply.finish().name().toLowerCase(Locale.ROOT))
                        .param("attempts", reply.attempts())
                        .param("now", now())
                        .param("input", reply.usage().inputTokens())
                        .param("output", reply.usage().outputTokens())
                        .param("estimated", reply.usage().isEstimated())
                        .param("cost", cost, Types.NUMERIC)
                        .param("currency", currency)
                        .param("first", reply.first().toMillis())
                        .param("time", reply.time().toMillis())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** From sent to failed, at no cost. */
    public boolean fail(UUID id, Failed reply) {
        return jdbc.sql("""
                                update holovitals.model_calls set status = 'failed', failure = ?, attempts = ?, ended_at = ?,
                                  cost = 0, response_time = ?, input_tokens = null, output_tokens = null, usage_estimated = false
                                where id = ? and status = 'sent'
                                """)
                        .params(
                                reply.failure().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                reply.attempts(),
                                now(),
                                reply.time().toMillis(),
                                id)
                        .update()
                == 1;
    }

    /**
     * A call of which nobody has heard how it ended.
     *
     * @param most what it may have used
     */
    public record UnderWay(UUID id, String provider, String model, Usage most) {}

    /** A call that is under way, whose row is locked to the end of the transaction. */
    public Optional<UnderWay> underWay(UUID id) {
        return jdbc.sql(UNDER_WAY + " where c.id = ? and c.status = 'sent' for update of c")
                .param(id)
                .query((row, number) -> underWay(row))
                .optional();
    }

    /** Those of an analysis, likewise. */
    public List<UnderWay> underWayOf(UUID task) {
        return jdbc.sql(UNDER_WAY + """
                         join holovitals.ai_interactions i on i.call_id = c.id
                        where i.session_id = ? and c.status = 'sent' for update of c
                        """)
                .param(task)
                .query((row, number) -> underWay(row))
                .list();
    }

    private static UnderWay underWay(ResultSet row) throws SQLException {
        return new UnderWay(
                row.getObject("id", UUID.class),
                row.getString("provider"),
                row.getString("model"),
                new Usage(row.getLong("input_tokens"), row.getLong("output_tokens"), true));
    }

    /** From sent to lost: it is paid as if it had used all that it may; false when it has ended already. */
    public boolean lose(UUID id, @Nullable BigDecimal cost, String currency) {
        return jdbc.sql("""
                                update holovitals.model_calls set status = 'lost', ended_at = :now, cost = :cost, currency = :currency
                                where id = :id and status = 'sent'
                                """)
                        .param("now", now())
                        .param("cost", cost, Types.NUMERIC)
                        .param("currency", currency)
                        .param("id", id)
                        .update()
                == 1;
    }

    /**
     * What calls have used.
     *
     * @param number of calls, those that failed too
     * @param cost their sum; null where one of them has no price
     */
    public record Used(
            int number,
            long inputTokens,
            long outputTokens,
            @Nullable BigDecimal cost) {}

    /** What the calls of an analysis have used that have ended and were not paid before; from here on they are. */
    public Used settle(UUID task) {
        return jdbc.sql("""
                        with settled as (
                          update holovitals.model_calls c set is_settled = true
                          from holovitals.ai_interactions i
                          where i.call_id = c.id and i.session_id = ? and c.status <> 'sent' and not c.is_settled
                          returning c.input_tokens, c.output_tokens, c.cost
                        )
                        select count(*) as number, coalesce(sum(input_tokens), 0) as input_tokens,
                          coalesce(sum(output_tokens), 0) as output_tokens,
                          case when count(cost) = count(*) then coalesce(sum(cost), 0) end as cost
                        from settled
                        """)
                .param(task)
                .query((row, number) -> new Used(
                        row.getInt("number"),
                        row.getLong("input_tokens"),
                        row.getLong("output_tokens"),
                        row.getBigDecimal("cost")))
                .single();
    }

    /** Removes those that ended before a time; returns how many. */
    int prune(Instant before) {
        return jdbc.sql("delete from holovitals.model_calls where ended_at < ?")
                .param(before.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * A model in an hour.
     *
     * @param hour its beginning
     */
    record Hour(String provider, String model, Instant hour) {}

    /** The hours in which calls began that ended since a moment. */
    List<Hour> endedSince(Instant since) {
        return jdbc.sql("""
                        select distinct provider, model, date_trunc('hour', started_at, 'UTC') as hour
                        from holovitals.model_calls where ended_at >= ? order by 3, 1, 2
                        """)
                .param(since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Hour(
                        row.getString("provider"),
                        row.getString("model"),
                        row.getObject("hour", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** How the last calls of a model ended: {@code complete}, {@code incomplete} or {@code failed}, the newest first. */
    List<String> lastEnds(Model model, int most, Instant since) {
        return jdbc.sql("""
                        select status from holovitals.model_calls
                        where provider = ? and model = ? and ended_at >= ? and status <> 'lost' order by ended_at desc limit ?
                        """)
                .params(model.provider(), model.model(), since.atOffset(ZoneOffset.UTC), most)
                .query(String.class)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
