package org.holovitals.server.bulk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.bulk.BulkJob.Kind;
import org.holovitals.server.bulk.BulkJob.Owner;
import org.holovitals.server.bulk.BulkJob.State;
import org.holovitals.server.bulk.BulkJob.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code bulk_jobs}. Whoever works on a job holds it by a lease and the number of the attempt: what an earlier
 * attempt says of it changes nothing.
 */
final class BulkJobs {
    private final JdbcClient jdbc;
    private final Clock clock;

    BulkJobs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Adds a job that waits; false when as many as may be wait or run already. */
    boolean add(BulkJob job, int most) {
        return jdbc.sql("""
                        insert into holovitals.bulk_jobs (id, kind, status, client_id, subject, types, task, request_url, created_at)
                        select ?, ?, 'queued', ?, ?, ?, ?::jsonb, ?, ?
                        where (select count(*) from holovitals.bulk_jobs where status in ('queued', 'running')) < ?
                        """)
                        .param(job.id())
                        .param(job.kind().name().toLowerCase(Locale.ROOT))
                        .param(job.owner().client())
                        .param(job.owner().subject())
                        .param(job.types().toArray(String[]::new))
                        .param(job.task())
                        .param(job.requestUrl())
                        .param(at(job.state().createdAt()))
                        .param(most)
                        .update()
                == 1;
    }

    /** The job of an owner. */
    Optional<BulkJob> find(UUID id, Owner owner) {
        return jdbc.sql("""
                        select * from holovitals.bulk_jobs
                        where id = ? and client_id = ? and subject = ? and (expires_at is null or expires_at > ?)
                        """)
                .param(id)
                .param(owner.client())
                .param(owner.subject())
                .param(now())
                .query((row, number) -> job(row))
                .optional();
    }

    /** Begins the oldest job that waits, or that a server left lying. */
    Optional<BulkJob> begin(Duration lease, int mostAttempts) {
        return jdbc.sql("""
                        update holovitals.bulk_jobs set status = 'running', attempts = attempts + 1, resources = 0, lease_until = ?
                        where id = (
                          select id from holovitals.bulk_jobs
                          where status in ('queued', 'running') and (lease_until is null or lease_until < ?) and attempts < ?
                          order by created_at limit 1
                          for update skip locked)
                        returning *
                        """)
                .param(at(clock.instant().plus(lease)))
                .param(now())
                .param(mostAttempts)
                .query((row, number) -> job(row))
                .optional();
    }

    /** Keeps a running job; false when it was ended or another attempt has it. */
    boolean keep(BulkJob job, long resources, Duration lease) {
        return jdbc.sql("""
                        update holovitals.bulk_jobs set lease_until = ?, resources = ?
                        where id = ? and status = 'running' and attempts = ?
                        """)
                        .param(at(clock.instant().plus(lease)))
                        .param(resources)
                        .param(job.id())
                        .param(job.state().attempt())
                        .update()
                == 1;
    }

    /** Lets a running job wait again, as if it had not been begun. */
    boolean giveBack(BulkJob job, Duration pause) {
        return jdbc.sql("""
                        update holovitals.bulk_jobs set status = 'queued', attempts = attempts - 1, lease_until = ?
                        where id = ? and status = 'running' and attempts = ?
                        """)
                        .param(at(clock.instant().plus(pause)))
                        .param(job.id())
                        .param(job.state().attempt())
                        .update()
                == 1;
    }

    /** Ends a running job well. */
    boolean finish(BulkJob job, long resources, @Nullable Instant transactionTime, Duration lifetime) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update holovitals.bulk_jobs
                        set status = 'done', resources = ?, transaction_time = ?, finished_at = ?, expires_at = ?, lease_until = null
                        where id = ? and status = 'running' and attempts = ?
                        """)
                        .param(resources)
                        .param(transactionTime == null ? null : at(transactionTime))
                        .param(at(now))
                        .param(at(now.plus(lifetime)))
                        .param(job.id())
                        .param(job.state().attempt())
                        .update()
                == 1;
    }

    /** Ends a running job badly. */
    boolean fail(BulkJob job, String problem, Duration lifetime) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update holovitals.bulk_jobs
                        set status = 'failed', problem = ?, finished_at = ?, expires_at = ?, lease_until = null
                        where id = ? and status = 'running' and attempts = ?
                        """)
                        .param(problem)
                        .param(at(now))
                        .param(at(now.plus(lifetime)))
                        .param(job.id())
                        .param(job.state().attempt())
                        .update()
                == 1;
    }

    /** Ends the jobs that were left lying as often as they may be begun; returns them. */
    List<BulkJob> failAbandoned(int mostAttempts, String problem, Duration lifetime) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update holovitals.bulk_jobs
                        set status = 'failed', problem = ?, finished_at = ?, expires_at = ?, lease_until = null
                        where status = 'running' and lease_until < ? and attempts >= ?
                        returning *
                        """)
                .param(problem)
                .param(at(now))
                .param(at(now.plus(lifetime)))
                .param(at(now))
                .param(mostAttempts)
                .query((row, number) -> job(row))
                .list();
    }

    /** Removes a job in whatever state, with its rows of files; false when it is gone already. */
    boolean remove(UUID id) {
        return jdbc.sql("delete from holovitals.bulk_jobs where id = ?")
                        .param(id)
                        .update()
                == 1;
    }

    /** Removes the jobs whose time is over; returns their ids. */
    List<UUID> removeExpired() {
        return jdbc.sql("delete from holovitals.bulk_jobs where expires_at <= ? returning id")
                .param(now())
                .query(UUID.class)
                .list();
    }

    /** Those of some ids that are of jobs. */
    Set<UUID> among(List<UUID> ids) {
        return jdbc.sql("select id from holovitals.bulk_jobs where id = any (?)")
                .param(ids.toArray(UUID[]::new))
                .query(UUID.class)
                .set();
    }

    private static BulkJob job(ResultSet row) throws SQLException {
        return new BulkJob(
                row.getObject("id", UUID.class),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new Owner(row.getString("client_id"), row.getString("subject")),
                Set.of((String[]) row.getArray("types").getArray()),
                row.getString("task"),
                row.getString("request_url"),
                new State(
                        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getInt("attempts"),
                        instant(row, "created_at"),
                        row.getLong("resources"),
                        row.getString("problem"),
                        row.getObject("transaction_time") == null ? null : instant(row, "transaction_time"),
                        row.getObject("expires_at") == null ? null : instant(row, "expires_at")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
