package org.holovitals.server.analyses;

import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code analysis_queue} as workers see it. A worker has a task by its lease; what it says of it counts only while
 * the fencing token {@code lease_version} is still its own. Leases are timed by the database: workers on several machines
 * share no clock.
 */
final class TaskLeases {
    /** A machine that died is paid until somebody last heard of it. */
    private static final String LAST_HEARD = "least(q.heartbeat_at, i.heartbeat_at)";

    private final JdbcClient jdbc;

    /**
     * Who takes tasks.
     *
     * @param name of the process
     * @param lease for how long it keeps one without being heard of
     * @param instance the machine that was started for it, by its row; null for the server and for workers by hand
     */
    record Worker(String name, Duration lease, @Nullable UUID instance) {}

    TaskLeases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Gives a worker the task of a priority whose turn it is, from a turn on. Tasks that others are taking at this moment are
     * passed over. It reads its index from that turn on and stops at the first row; before it stand only entries of tasks that
     * were taken, which vacuum cannot remove while an old transaction is open.
     */
    Optional<AnalysisTask> claim(Priority priority, long fromTurn, Worker worker) {
        return claimed("""
                        select id from holovitals.analysis_queue
                        where status = 'queued' and priority = :priority and turn >= :turn and run_after <= now()
                        order by turn, id limit 1 for update skip locked
                        """, priority, fromTurn, worker);
    }

    /** Gives a worker the task that is longest past its target, of whatever priority. */
    Optional<AnalysisTask> claimOverdue(Worker worker) {
        return claimed("""
                        select id from holovitals.analysis_queue
                        where status = 'queued' and due_at < now() and run_after <= now()
                        order by due_at, id limit 1 for update skip locked
                        """, Priority.URGENT, 0, worker);
    }

    private Optional<AnalysisTask> claimed(String choice, Priority priority, long fromTurn, Worker worker) {
        return jdbc.sql("with chosen as materialized (" + choice + """
                        ), claimed as (
                          update holovitals.analysis_queue q
                          set status = 'processing', attempts = q.attempts + 1, lease_owner = :worker,
                            lease_until = now() + :lease * interval '1 millisecond', lease_version = q.lease_version + 1,
                            heartbeat_at = now(), started_at = coalesce(q.started_at, now()), claimed_at = now(),
                            instance_id = :instance
                          from chosen where q.id = chosen.id
                          returning q.*
                        )
                        """ + TaskRows.ALL.formatted("claimed"))
                .param("priority", priority.number())
                .param("turn", fromTurn)
                .param("worker", worker.name())
                .param("lease", worker.lease().toMillis())
                .param("instance", worker.instance(), Types.OTHER)
                .query((row, number) -> TaskRows.task(row))
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

    /** From processing back to queued as if it had not been begun: its worker ends. */
    boolean giveBack(AnalysisTask task) {
        return jdbc.sql("""
                        update holovitals.analysis_queue q
                        set status = 'queued', attempts = attempts - 1, lease_owner = null, lease_until = null, claimed_at = null,
                          machine_cost = q.machine_cost +
                        """ + TaskRows.machineCost("clock_timestamp()") + """
                        where id = ? and status = 'processing' and lease_version = ?
                        """)
                        .params(task.id(), task.state().lease())
                        .update()
                == 1;
    }

    /** From processing to queued: those that their workers left lying, while attempts are left. Returns how many. */
    int returnLost() {
        return jdbc.sql("""
                        update holovitals.analysis_queue q
                        set status = 'queued', lease_owner = null, lease_until = null, lease_version = lease_version + 1,
                          claimed_at = null, machine_cost = q.machine_cost +
                        """ + TaskRows.machineCost(LAST_HEARD) + """
                        where status = 'processing' and lease_until < now() and attempts < max_attempts
                        """).update();
    }

    /** Gives a worker one that was left lying at its last attempt, only to be buried. */
    Optional<AnalysisTask> takeExhausted(Worker worker) {
        return jdbc.sql("""
                        with chosen as materialized (
                          select id from holovitals.analysis_queue
                          where status = 'processing' and lease_until < now() and attempts >= max_attempts
                          order by lease_until limit 1 for update skip locked
                        ), claimed as (
                          update holovitals.analysis_queue q
                          set lease_owner = :worker, lease_until = now() + :lease * interval '1 millisecond',
                            lease_version = q.lease_version + 1, claimed_at = null, machine_cost = q.machine_cost +
                        """ + TaskRows.machineCost(LAST_HEARD) + """
                          from chosen where q.id = chosen.id
                          returning q.*
                        )
                        """ + TaskRows.ALL.formatted("claimed"))
                .param("worker", worker.name())
                .param("lease", worker.lease().toMillis())
                .query((row, number) -> TaskRows.task(row))
                .optional();
    }
}
