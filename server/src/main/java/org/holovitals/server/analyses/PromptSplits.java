package org.holovitals.server.analyses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.analyses.Analyst.Extract;
import org.holovitals.server.context.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code prompt_splits}. Its rows are written only in transactions that hold the task's row by its fencing token.
 */
final class PromptSplits {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OUTLINE = "outline";

    private final JdbcClient jdbc;

    PromptSplits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A part of a task.
     *
     * @param part with its content sealed
     * @param sealedResult null until it is done
     */
    record Split(UUID id, Part part, @Nullable String sealedResult) {
        boolean isDone() {
            return sealedResult != null;
        }
    }

    /** Tokens that parts of a task have used. */
    record Usage(long inputTokens, long outputTokens) {}

    void add(UUID task, Split split) {
        jdbc.sql("""
                        insert into holovitals.prompt_splits (id, task_id, split_id, content, tokens, ordinal, dependencies, status)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, 'pending')
                        """)
                .params(
                        split.id(),
                        task,
                        split.part().id(),
                        split.part().content(),
                        split.part().tokens(),
                        split.part().ordinal(),
                        JSON.valueToTree(split.part().dependencies()).toString())
                .update();
    }

    /** In their order. */
    List<Split> of(UUID task) {
        return jdbc.sql("""
                        select id, split_id, content, tokens, ordinal, dependencies, result #>> '{}' as sealed_result
                        from holovitals.prompt_splits where task_id = ? order by ordinal
                        """).param(task).query((row, number) -> split(row)).list();
    }

    /** From pending to completed. */
    boolean finish(UUID split, String sealedResult, Extract extract) {
        return jdbc.sql("""
                        update holovitals.prompt_splits
                        set status = 'completed', result = to_jsonb(?::text), input_tokens = ?, output_tokens = ?,
                          completed_at = now()
                        where id = ? and status = 'pending'
                        """)
                        .params(sealedResult, extract.inputTokens(), extract.outputTokens(), split)
                        .update()
                == 1;
    }

    /** Removes the parts of a task that begins anew. */
    void remove(UUID task) {
        jdbc.sql("delete from holovitals.prompt_splits where task_id = ?")
                .param(task)
                .update();
    }

    /** What was used for a task and was not paid before; from here on it is. */
    Usage settle(UUID task) {
        return jdbc.sql("""
                        with settled as (
                          update holovitals.prompt_splits set is_settled = true
                          where task_id = ? and input_tokens is not null and not is_settled
                          returning input_tokens, output_tokens
                        )
                        select coalesce(sum(input_tokens), 0) as input, coalesce(sum(output_tokens), 0) as output from settled
                        """)
                .param(task)
                .query((row, number) -> new Usage(row.getLong("input"), row.getLong("output")))
                .single();
    }

    private static Split split(ResultSet row) throws SQLException {
        return new Split(
                row.getObject("id", UUID.class),
                new Part(
                        row.getString("split_id"),
                        row.getInt("ordinal"),
                        row.getString("split_id").equals(OUTLINE),
                        row.getString("content"),
                        row.getLong("tokens"),
                        dependencies(row.getString("dependencies")),
                        false),
                row.getString("sealed_result"));
    }

    private static List<String> dependencies(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL has checked that it is JSON", e);
        }
    }
}
