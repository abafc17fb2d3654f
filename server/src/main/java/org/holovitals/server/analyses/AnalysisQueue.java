package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.analyses.AnalysisTask.Owner;
import org.holovitals.server.analyses.AnalysisTask.Plan;
import org.holovitals.server.analyses.AnalysisTask.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code analysis_queue}. A worker has a task by its lease; what it says of it counts only while the fencing token
 * {@code lease_version} is still its own. Leases are timed by the database: workers on several machines share no clock.
 */
final class AnalysisQueue {
    private static final String ALL = """
            select q.*, q.result #>> '{}' as sealed_result, coalesce(p.fhir_id, '') as patient_fhir_id
            from %s q left join holovitals.patient_keys p on p.id = q.patient_id
            """;

    /** Behind all of the user's own tasks that wait, and not before those of others that wait already. */
    private static final String TURN = """
            greatest(
              coalesce((select turn from holovitals.analysis_queue
                where priority = :priority and status = 'queued' order by turn, id limit 1), 0),
              coalesce((select turn + 1 from holovitals.analysis_queue
                where user_id = :user and priority = :priority and status = 'queued' order by turn desc limit 1), 0))
            """;

    private final JdbcClient jdbc;

    AnalysisQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a task that waits; false when the user has one with its key already. */
    boolean add(AnalysisTask task) {
        return jdbc.sql("""
                        insert into holovitals.analysis_queue (id, user_id, patient_id, type, priority, prompt, total_tokens,
                          context_window, needs_splitting, part_count, split_strategy, estimated_cost, currency,
                          recommended_model, model_provider, reservation_id, status, max_attempts, run_after, idempotency_key,
                          consent_snapshot, created_at, due_at, turn)
                        values (:id, :user, :patient, :type, :priority, :prompt, :tokens, :window, :parts > 1, :parts, :strategy,
                          :cost, :currency, :model, :provider, :reservation, 'queued', :most, :created, :key,
                          :acceptance::jsonb, :created, :due,
                        """ + TURN + """
                        ) on conflict (user_id, idempotency_key) do nothing
                        """)
                        .param("id", task.id())
                        .param("user", task.owner().user())
                        .param("patient", task.owner().patientRow())
                        .param("type", task.kind().text())
                        .param("priority", task.priority().number())
                        .param("prompt", task.prompt())
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
                        .param("created", at(task.state().createdAt()))
                        .param("key", task.idempotencyKey())
                        .param("acceptance", task.acceptance())
                        .param("due", at(task.state().dueAt()))
                        .update()
                == 1;
    }

    /** A user's task. */
    Optional<AnalysisTask> find(UUID id, UUID user) {
        return jdbc.sql(ALL.formatted("holovitals.analysis_queue") + " where q.id = ? and q.user_id = ?")
                .params(id, user)
                .query((row, number) -> task(row))
                .optional();
    }

    /** A user's task by the key that it was sent with. */
    Optional<AnalysisTask> byKey(UUID user, String key) {
        return jdbc.sql(ALL.formatted("holovitals.analysis_queue") + " where q.user_id = ? and q.idempotency_key = ?")
                .params(user, key)
                .query((row, number) -> task(row))
                .optional();
    }

    /** A user's tasks before one that was shown already, newest first. */
    List<AnalysisTask> page(UUID user, UUID before, int limit) {
        return jdbc.sql(ALL.formatted("holovitals.analysis_queue")
                        + " where q.user_id = ? and q.id < ? order by q.id desc limit ?")
                .params(user, before, limit)
                .query((row, number) -> task(row))
                .list();
    }

    /** How many of a user's tasks are not at their end. */
    int open(UUID user) {
        return jdbc.sql("""
                        select count(*) from holovitals.analysis_queue
                        where user_id = ? and status in ('queued', 'processing')
                        """).param(user).query(Integer.class).single();
    }

    /**
     * Gives a worker the task of a priority whose turn it is, from a turn on. Tasks that others are taking at this moment are
     * passed over. It reads its index from that turn on and stops at the first row; before it stand only entries of tasks that
     * were taken, which vacuum cannot remove while an old transaction is open.
     */
    Optional<AnalysisTask> claim(Priority priority, long fromTurn, String worker, Duration lease) {
        return claimed("""
                        select id from holovitals.analysis_queue
                        where status = 'queued' and priority = :priority and turn >= :turn and run_after <= now()
                        order by turn, id limit 1 for update skip locked
                        """, priority, fromTurn, worker, lease);
    }

    /** Gives a worker the task that is longest past its target, of whatever priority. */
    Optional<AnalysisTask> claimOverdue(String worker, Duration lease) {
        return claimed("""
                        select id from holovitals.analysis_queue
                        where status = 'queued' and due_at < now() and run_after <= now()
                        order by due_at, id limit 1 for update skip locked
                        """, Priority.URGENT, 0, worker, lease);
    }

    private Optional<AnalysisTask> claimed(
            String choice, Priority priority, long fromTurn, String worker, Duration lease) {
        return jdbc.sql("with chosen as materialized (" + choice + """
                        ), claimed as (
                          update holovitals.analysis_queue q
                          set status = 'processing', attempts = q.attempts + 1, lease_owner = :worker,
                            lease_until = now() + :lease * interval '1 millisecond', lease_version = q.lease_version + 1,
                            heartbeat_at = now(), started_at = coalesce(q.started_at, now())
                          from chosen where q.id = chosen.id
                          returning q.*
                        )
                        """ + ALL.formatted("claimed"))
                .param("priority", priority.number())
                .param("turn", fromTurn)
                .param("worker", worker)
                .param("lease", lease.toMillis())
                .query((row, number) -> task(row))
                .optional();
    }

    /** Keeps a task that is worked on; false when it was ended or another worker has it. */
    boolean keep(AnalysisTask task, Duration lease) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set lease_until = now() + ? * interval '1 millisecond', heartbeat_at = now()
                        where id = ? and status = 'processing' and lease_version = ?
                        """)
                        .params(lease.toMillis(), task.id(), task.state().lease())
                        .update()
                == 1;
    }

    /** Says how far a task is, and locks its row for what the transaction does with it; false as for {@link #keep}. */
    boolean progress(AnalysisTask task, int percent, String note) {
        return jdbc.sql("""
                        update holovitals.analysis_queue set progress_percent = ?, progress_note = ?
                        where id = ? and status = 'processing' and lease_version = ?
                        """)
                        .params(percent, note, task.id(), task.state().lease())
                        .update()
                == 1;
    }

    /** Says in how many parts a task is worked on; false as for {@link #keep}. */
    boolean split(AnalysisTask task, int parts) {
        return jdbc.sql("""
                        update holovitals.analysis_queue set part_count = ?, needs_splitting = ?
                        where id = ? and status = 'processing' and lease_version = ?
                        """)
                        .params(parts, parts > 1, task.id(), task.state().lease())
                        .update()
                == 1;
    }

    /** From processing to completed; false as for {@link #keep}. */
    boolean complete(AnalysisTask task, String sealedResult, @Nullable BigDecimal cost) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'completed', result = to_jsonb(?::text), actual_cost = ?, completed_at = now(),
                          progress_percent = 100, progress_note = null, lease_owner = null, lease_until = null
                        where id = ? and status = 'processing' and lease_version = ?
                        """)
                        .params(Arrays.asList(
                                sealedResult, cost, task.id(), task.state().lease()))
                        .update()
                == 1;
    }

    /** From processing to failed, with a reason that will not go away; false as for {@link #keep}. */
    boolean fail(AnalysisTask task, String reason) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'failed', error = ?, completed_at = now(), lease_owner = null, lease_until = null
                        where id = ? and status = 'processing' and lease_version = ?
                        """).params(reason, task.id(), task.state().lease()).update() == 1;
    }

    /** From processing back to queued for a later time, while attempts are left; false as for {@link #keep}. */
    boolean retry(AnalysisTask task, Duration pause) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'queued', run_after = now() + :pause * interval '1 millisecond', lease_owner = null,
                          lease_until = null, turn =
                        """ + TURN + """
                        where id = :id and status = 'processing' and lease_version = :lease and attempts < max_attempts
                        """)
                        .param("pause", pause.toMillis())
                        .param("priority", task.priority().number())
                        .param("user", task.owner().user())
                        .param("id", task.id())
                        .param("lease", task.state().lease())
                        .update()
                == 1;
    }

    /** From processing back to queued as if it had not been begun: its worker ends. */
    boolean giveBack(AnalysisTask task) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'queued', attempts = attempts - 1, lease_owner = null, lease_until = null
                        where id = ? and status = 'processing' and lease_version = ?
                        """).params(task.id(), task.state().lease()).update() == 1;
    }

    /** From processing to dead, when no attempt is left; false as for {@link #keep}. */
    boolean bury(AnalysisTask task, String reason) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'dead', error = ?, completed_at = now(), lease_owner = null, lease_until = null
                        where id = ? and status = 'processing' and lease_version = ? and attempts >= max_attempts
                        """).params(reason, task.id(), task.state().lease()).update() == 1;
    }

    /** From queued or processing to cancelled. The fencing token grows, so whoever works on it has lost it. */
    boolean cancel(UUID id, UUID user) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'cancelled', cancel_requested_at = now(), completed_at = now(), progress_note = null,
                          lease_version = lease_version + 1, lease_owner = null, lease_until = null
                        where id = ? and user_id = ? and status in ('queued', 'processing')
                        """).params(id, user).update() == 1;
    }

    /** From processing to queued: those that their workers left lying, while attempts are left. Returns how many. */
    int returnLost() {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'queued', lease_owner = null, lease_until = null, lease_version = lease_version + 1
                        where status = 'processing' and lease_until < now() and attempts < max_attempts
                        """).update();
    }

    /** Gives a worker one that was left lying at its last attempt, only to be buried. */
    Optional<AnalysisTask> takeExhausted(String worker, Duration lease) {
        return jdbc.sql("""
                        with chosen as materialized (
                          select id from holovitals.analysis_queue
                          where status = 'processing' and lease_until < now() and attempts >= max_attempts
                          order by lease_until limit 1 for update skip locked
                        ), claimed as (
                          update holovitals.analysis_queue q
                          set lease_owner = :worker, lease_until = now() + :lease * interval '1 millisecond',
                            lease_version = q.lease_version + 1
                          from chosen where q.id = chosen.id
                          returning q.*
                        )
                        """ + ALL.formatted("claimed"))
                .param("worker", worker)
                .param("lease", lease.toMillis())
                .query((row, number) -> task(row))
                .optional();
    }

    private static AnalysisTask task(ResultSet row) throws SQLException {
        return new AnalysisTask(
                row.getObject("id", UUID.class),
                new Owner(
                        row.getObject("user_id", UUID.class),
                        row.getObject("patient_id", UUID.class),
                        row.getString("patient_fhir_id")),
                Kind.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                Priority.of(row.getInt("priority")),
                row.getString("prompt"),
                new Plan(
                        row.getString("model_provider"),
                        row.getString("recommended_model"),
                        row.getLong("total_tokens"),
                        row.getLong("context_window"),
                        row.getInt("part_count"),
                        row.getBigDecimal("estimated_cost"),
                        row.getString("currency"),
                        row.getObject("reservation_id", UUID.class)),
                new State(
                        Status.of(row.getString("status")),
                        row.getInt("attempts"),
                        row.getInt("max_attempts"),
                        row.getLong("lease_version"),
                        row.getLong("turn"),
                        row.getInt("progress_percent"),
                        row.getString("progress_note"),
                        row.getString("error"),
                        row.getBigDecimal("actual_cost"),
                        instant(row, "created_at").orElseThrow(),
                        instant(row, "due_at").orElseThrow(),
                        instant(row, "started_at").orElse(null),
                        instant(row, "completed_at").orElse(null)),
                row.getString("consent_snapshot"),
                row.getString("idempotency_key"),
                row.getString("sealed_result"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
