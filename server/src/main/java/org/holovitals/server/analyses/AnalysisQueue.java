package org.holovitals.server.analyses;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code analysis_queue} as its users see it: they put tasks in and ask for their own. */
final class AnalysisQueue {
    private final JdbcClient jdbc;

    AnalysisQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a task that waits; false when the user has one with its key already. */
    boolean add(AnalysisTask task) {
        return jdbc.sql("""
                        insert into holovitals.analysis_queue (id, user_id, patient_id, type, priority, prompt, documents, total_tokens,
                          context_window, needs_splitting, part_count, split_strategy, estimated_cost, currency,
                          recommended_model, model_provider, reservation_id, status, max_attempts, run_after, idempotency_key,
                          consent_snapshot, created_at, due_at, turn)
                        values (:id, :user, :patient, :type, :priority, :prompt, to_jsonb(:documents::uuid[]), :tokens, :window, :parts > 1, :parts, :strategy,
                          :cost, :currency, :model, :provider, :reservation, 'queued', :most, :created, :key,
                          :acceptance::jsonb, :created, :due,
                        """ + TaskRows.TURN + """
                        ) on conflict (user_id, idempotency_key) do nothing
                        """)
                        .param("id", task.id())
                        .param("user", task.owner().user())
                        .param("patient", task.owner().patientRow())
                        .param("type", task.kind().text())
                        .param("priority", task.priority().number())
                        .param("prompt", task.prompt())
                        .param("documents", task.documents().toArray(UUID[]::new))
                        .param("tokens", task.plan().tokens())
                        .param("window", task.plan().window())
                        .param("parts", task.plan().parts())
                        .param("strategy", task.kind().strategy().name().toLowerCase(Locale.ROOT))
                        .param("cost", task.plan().cost())
                        .param("currency", task.plan().currency())
                        .param("model", task.plan().model())
                        .param("provider", task.plan().provider())
                        .param("reservation", task.plan().reservation())
                        .param("most", task.state().mostAttempts())
                        .param("created", TaskRows.at(task.state().createdAt()))
                        .param("key", task.idempotencyKey())
                        .param("acceptance", task.acceptance())
                        .param("due", TaskRows.at(task.state().dueAt()))
                        .update()
                == 1;
    }

    /** A user's task. */
    Optional<AnalysisTask> find(UUID id, UUID user) {
        return jdbc.sql(TaskRows.ALL.formatted("holovitals.analysis_queue") + " where q.id = ? and q.user_id = ?")
                .params(id, user)
                .query((row, number) -> TaskRows.task(row))
                .optional();
    }

    /** A user's task by the key that it was sent with. */
    Optional<AnalysisTask> byKey(UUID user, String key) {
        return jdbc.sql(TaskRows.ALL.formatted("holovitals.analysis_queue")
                        + " where q.user_id = ? and q.idempotency_key = ?")
                .params(user, key)
                .query((row, number) -> TaskRows.task(row))
                .optional();
    }

    /** A user's tasks before one that was shown already, newest first. */
    List<AnalysisTask> page(UUID user, UUID before, int limit) {
        return jdbc.sql(TaskRows.ALL.formatted("holovitals.analysis_queue")
                        + " where q.user_id = ? and q.id < ? order by q.id desc limit ?")
                .params(user, before, limit)
                .query((row, number) -> TaskRows.task(row))
                .list();
    }

    /** How many of a user's tasks are not at their end. */
    int open(UUID user) {
        return jdbc.sql("""
                        select count(*) from holovitals.analysis_queue
                        where user_id = ? and status in ('queued', 'processing')
                        """).param(user).query(Integer.class).single();
    }
}
