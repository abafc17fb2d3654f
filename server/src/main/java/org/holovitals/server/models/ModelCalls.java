package org.holovitals.server.models;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code model_calls}: each time that something left for a model, without whose it was. */
public final class ModelCalls {
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
     */
    public record Begun(UUID id, Model model, String purpose, EgressMode mode, String sha256) {}

    /** Adds a call, in the transaction that runs, before anything of it leaves. */
    public void begin(Begun call) {
        jdbc.sql("""
                        insert into holovitals.model_calls
                          (id, provider, model, purpose, egress_mode, body_sha256, status, started_at, created_at)
                        values (?, ?, ?, ?, ?, ?, 'sent', ?, ?)
                        """)
                .params(
                        call.id(),
                        call.model().provider(),
                        call.model().model(),
                        call.purpose(),
                        call.mode().text(),
                        call.sha256(),
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
                                  cost = 0, response_time = ?
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
                        where provider = ? and model = ? and ended_at >= ? order by ended_at desc limit ?
                        """)
                .params(model.provider(), model.model(), since.atOffset(ZoneOffset.UTC), most)
                .query(String.class)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
