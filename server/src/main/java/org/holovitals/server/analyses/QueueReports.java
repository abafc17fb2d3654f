package org.holovitals.server.analyses;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code analysis_queue} as operators see it: never a question, nor whose record it is about. */
final class QueueReports {
    private final JdbcClient jdbc;

    QueueReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many tasks are in a state. */
    record Count(String status, long tasks) {}

    /**
     * What waits with a priority.
     *
     * @param overdue how many are past their target
     * @param oldestSeconds the age of the oldest, from when it was put in
     * @param medianSeconds half of them are older
     */
    record Depth(
            String priority,
            long waiting,
            long overdue,
            @Nullable Long oldestSeconds,
            @Nullable Long medianSeconds) {}

    /** Of all tasks there are. */
    List<Count> counts() {
        return jdbc.sql(
                        "select status, count(*) as tasks from holovitals.analysis_queue group by status order by status")
                .query((row, number) -> new Count(row.getString("status"), row.getLong("tasks")))
                .list();
    }

    /** Of each priority that has any. */
    List<Depth> depths() {
        return jdbc.sql("""
                        select priority, count(*) as waiting, count(*) filter (where due_at < now()) as overdue,
                          extract(epoch from now() - min(created_at))::bigint as oldest,
                          extract(epoch from now() - percentile_disc(0.5) within group (order by created_at))::bigint as median
                        from holovitals.analysis_queue where status = 'queued' group by priority order by priority
                        """)
                .query((row, number) -> new Depth(
                        Priority.of(row.getInt("priority")).text(),
                        row.getLong("waiting"),
                        row.getLong("overdue"),
                        row.getLong("oldest"),
                        row.getLong("median")))
                .list();
    }

    /**
     * A task that was tried as often as may be.
     *
     * @param error in words without health information
     */
    record Dead(
            UUID id,
            UUID user,
            String type,
            String priority,
            String model,
            int attempts,
            @Nullable String error,
            Instant createdAt,
            Instant diedAt) {}

    /** The newest first, before one that was shown already. */
    List<Dead> dead(UUID before, int limit) {
        return jdbc.sql("""
                        select id, user_id, type, priority, recommended_model, attempts, error, created_at, completed_at
                        from holovitals.analysis_queue where status = 'dead' and id < ? order by id desc limit ?
                        """)
                .params(before, limit)
                .query((row, number) -> new Dead(
                        row.getObject("id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        row.getString("type"),
                        Priority.of(row.getInt("priority")).text(),
                        row.getString("recommended_model"),
                        row.getInt("attempts"),
                        row.getString("error"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("completed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** A task, whoever's it is. */
    Optional<AnalysisTask> find(UUID id) {
        return jdbc.sql(TaskRows.ALL.formatted("holovitals.analysis_queue") + " where q.id = ?")
                .param(id)
                .query((row, number) -> TaskRows.task(row))
                .optional();
    }
}
