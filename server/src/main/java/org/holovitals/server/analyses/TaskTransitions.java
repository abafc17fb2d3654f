package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.holovitals.server.costs.AnalysisCosts.Machine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How tasks leave one state for another, in {@code analysis_queue}; each says whether it happened. */
final class TaskTransitions {
    private final JdbcClient jdbc;

    TaskTransitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks a task's row to the end of the transaction, so that nobody else ends it meanwhile; false as for {@link TaskLeases#keep}. */
    boolean hold(AnalysisTask task) {
        return jdbc.sql("""
                        select id from holovitals.analysis_queue
                        where id = ? and status = 'processing' and lease_version = ? for update
                        """)
                .params(task.id(), task.state().lease())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /** What machines have cost for a task in all attempts and was not paid before; from here on it is, and no machine has it. */
    Machine payMachines(UUID task) {
        return jdbc.sql("""
                        with owed as materialized (
                          select q.id, q.instance_id, q.machine_cost +
                        """ + TaskRows.machineCost("clock_timestamp()") + """
                             as cost
                          from holovitals.analysis_queue q where q.id = ? for update
                        ), paid as (
                          update holovitals.analysis_queue q set machine_cost = 0, claimed_at = null
                          from owed where q.id = owed.id
                        )
                        select owed.cost, case when owed.cost > 0 then i.instance_type end as instance_type
                        from owed left join holovitals.cloud_instances i on i.id = owed.instance_id
                        """)
                .param(task)
                .query((row, number) -> new Machine(row.getBigDecimal("cost"), row.getString("instance_type")))
                .single();
    }

    /** From processing to completed; false as for {@link TaskLeases#keep}. */
    boolean complete(AnalysisTask task, String sealedResult, @Nullable BigDecimal cost) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'completed', result = to_jsonb(?::text), actual_cost = ?, error = null, completed_at = now(),
                          progress_percent = 100, progress_note = null, lease_owner = null, lease_until = null
                        where id = ? and status = 'processing' and lease_version = ?
                        """)
                        .params(Arrays.asList(
                                sealedResult, cost, task.id(), task.state().lease()))
                        .update()
                == 1;
    }

    /** From processing to failed, with a reason that will not go away; false as for {@link TaskLeases#keep}. */
    boolean fail(AnalysisTask task, String reason) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'failed', error = ?, completed_at = now(), lease_owner = null, lease_until = null
                        where id = ? and status = 'processing' and lease_version = ?
                        """).params(reason, task.id(), task.state().lease()).update() == 1;
    }

    /** From processing back to queued for a later time, while attempts are left; false as for {@link TaskLeases#keep}. */
    boolean retry(AnalysisTask task, Duration pause) {
        return jdbc.sql("""
                        update holovitals.analysis_queue q
                        set status = 'queued', run_after = now() + :pause * interval '1 millisecond', lease_owner = null,
                          lease_until = null, claimed_at = null, machine_cost = q.machine_cost +
                        """ + TaskRows.machineCost("clock_timestamp()") + ", turn = " + TaskRows.TURN + """
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

    /** From processing to dead, when no attempt is left; false as for {@link TaskLeases#keep}. */
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

    /** From dead to queued, to be tried as often once more, with what is kept for it now. */
    boolean requeue(AnalysisTask task, UUID reservation) {
        return jdbc.sql("""
                        update holovitals.analysis_queue
                        set status = 'queued', attempts = 0, run_after = now(), completed_at = null, error = null,
                          lease_version = lease_version + 1, reservation_id = :reservation, turn =
                        """ + TaskRows.TURN + """
                        where id = :id and status = 'dead'
                        """)
                        .param("reservation", reservation)
                        .param("priority", task.priority().number())
                        .param("user", task.owner().user())
                        .param("id", task.id())
                        .update()
                == 1;
    }

    /** From dead to failed: nobody tries it again. */
    boolean discard(UUID id, String reason) {
        return jdbc.sql(
                                "update holovitals.analysis_queue set status = 'failed', error = ? where id = ? and status = 'dead'")
                        .params(reason, id)
                        .update()
                == 1;
    }
}
