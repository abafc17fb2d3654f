package org.holovitals.server.analyses;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.context.Optimized;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code prompt_optimizations}; texts and sources are sealed. */
final class PromptOptimizations {
    private final JdbcClient jdbc;

    PromptOptimizations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row.
     *
     * @param sources where what is cited stands, as JSON
     * @param at when the record was read
     */
    record Sealed(UUID id, String original, String optimized, String sources, Instant at) {}

    void add(UUID task, Sealed sealed, Optimized optimized, long milliseconds) {
        jdbc.sql("""
                        insert into holovitals.prompt_optimizations (id, task_id, original_prompt, original_tokens, optimized_prompt,
                          optimized_tokens, strategy, token_reduction, reduction_percent, execution_time, metadata, created_at)
                        values (?, ?, ?, ?, ?, ?, 'said-once', ?, ?, ?, jsonb_build_object('sources', ?::text), ?)
                        """)
                .params(
                        sealed.id(),
                        task,
                        sealed.original(),
                        optimized.tokensBefore(),
                        sealed.optimized(),
                        optimized.tokensAfter(),
                        optimized.reduction(),
                        optimized.reductionPercent(),
                        milliseconds,
                        sealed.sources(),
                        sealed.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The last of a task. */
    Optional<Sealed> of(UUID task) {
        return jdbc.sql("""
                        select id, original_prompt, optimized_prompt, metadata ->> 'sources' as sources, created_at
                        from holovitals.prompt_optimizations where task_id = ? order by id desc limit 1
                        """)
                .param(task)
                .query((row, number) -> new Sealed(
                        row.getObject("id", UUID.class),
                        row.getString("original_prompt"),
                        row.getString("optimized_prompt"),
                        row.getString("sources"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
