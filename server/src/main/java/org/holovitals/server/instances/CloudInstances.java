package org.holovitals.server.instances;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.instances.CloudProvider.Order;
import org.holovitals.server.instances.CloudProvider.Rate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code cloud_instances}. Its times are the database's: servers and workers share no clock. */
final class CloudInstances {
    private final JdbcClient jdbc;

    CloudInstances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an instance that is about to be started, at the rate of now. */
    void add(Order order, String provider, Rate rate) {
        jdbc.sql("""
                        insert into holovitals.cloud_instances (id, provider, region, instance_type, terminate_after,
                          cost_per_minute, currency, idempotency_key, token_hash, tag)
                        values (:id, :provider, :region, :type, now() + :seconds * interval '1 second', :rate, :currency, :key,
                          :token, :tag)
                        """)
                .param("id", order.id())
                .param("provider", provider)
                .param("region", rate.region())
                .param("type", rate.instanceType())
                .param("seconds", order.seconds())
                .param("rate", rate.perMinute())
                .param("currency", rate.currency())
                .param("key", order.key())
                .param("token", Sha256.of(order.token()))
                .param("tag", order.tag())
                .update();
    }

    /** Writes down the provider's name for one whose creation was answered, or that was found again by its key. */
    boolean adopt(UUID id, String instance) {
        return jdbc.sql("update holovitals.cloud_instances set instance_id = ? where id = ? and instance_id is null")
                        .params(instance, id)
                        .update()
                == 1;
    }

    /** From provisioning to ready, by a token that counts once: the instance that it belongs to. */
    Optional<UUID> register(String token) {
        return jdbc.sql("""
                        update holovitals.cloud_instances
                        set status = 'ready', ready_at = now(), heartbeat_at = now(), idle_since = now(), token_hash = null
                        where token_hash = ? and status = 'provisioning' and terminate_after > now()
                        returning id
                        """).param(Sha256.of(token)).query(UUID.class).optional();
    }

    /** Its worker is there, ready or executing; false when it is to end. */
    boolean beat(UUID id) {
        return jdbc.sql("""
                        with work as (
                          select exists (
                            select from holovitals.analysis_queue where instance_id = :id and status = 'processing') as is_busy
                        )
                        update holovitals.cloud_instances
                        set heartbeat_at = now(), status = case when is_busy then 'executing' else 'ready' end,
                          idle_since = case when not is_busy then coalesce(idle_since, now()) end
                        from work
                        where id = :id and status in ('ready', 'executing') and terminate_after > now()
                        """).param("id", id).update() == 1;
    }

    /** From provisioning, ready or executing to deprovisioning: it is to be stopped. */
    boolean retire(UUID id) {
        return jdbc.sql("""
                        update holovitals.cloud_instances set status = 'deprovisioning'
                        where id = ? and status in ('provisioning', 'ready', 'executing')
                        """).param(id).update() == 1;
    }

    /** How an instance ended. */
    enum End {
        /** It was stopped just now. */
        STOPPED,
        /** It ended by itself, when it was last heard of. */
        LOST,
        /** It never was. */
        NEVER
    }

    /**
     * From open to terminated, or to failed where it never was, and what it cost: minutes by the rate that was agreed at the
     * start. Both are one statement, so that none ends unpaid and none is paid twice.
     */
    boolean end(UUID id, UUID costRow, End end) {
        return jdbc.sql("""
                        with ending as materialized (
                          select id, case :end
                            when 'STOPPED' then now()
                            when 'LOST' then greatest(created_at, coalesce(heartbeat_at, now()))
                            else created_at end as at
                          from holovitals.cloud_instances where id = :id and status not in ('terminated', 'failed') for update
                        ), ended as (
                          update holovitals.cloud_instances i
                          set status = case when :end = 'NEVER' then 'failed' else 'terminated' end, terminated_at = e.at,
                            token_hash = null, idle_since = null,
                            total_cost = round(
                              i.cost_per_minute * round(extract(epoch from e.at - i.created_at)::numeric / 60, 4), 8)
                          from ending e where i.id = e.id
                          returning i.*
                        )
                        insert into holovitals.instance_costs (id, instance_id, provider, instance_type, model, terminated_at,
                          duration, cost_per_minute, total_cost, currency, tasks_completed, tokens_processed, created_at)
                        select :cost, e.id, e.provider, e.instance_type, e.model, e.terminated_at,
                          round(extract(epoch from e.terminated_at - e.created_at)::numeric / 60, 4), e.cost_per_minute,
                          e.total_cost, e.currency,
                          (select count(*) from holovitals.analysis_queue q
                            where q.instance_id = e.id and q.status = 'completed'),
                          (select coalesce(sum(c.total_tokens), 0) from holovitals.analysis_costs c
                            join holovitals.analysis_queue q on q.id = c.task_id where q.instance_id = e.id),
                          e.created_at
                        from ended e
                        """)
                        .param("id", id)
                        .param("end", end.name())
                        .param("cost", costRow)
                        .update()
                == 1;
    }

    /**
     * One that has not ended.
     *
     * @param isYoung whether it was asked for just now
     * @param isOver past its end, never heard of, not heard of any more, or without a task for long
     * @param isSpare whether it starts, or has no task
     */
    record Open(UUID id, @Nullable String instance, String status, boolean isYoung, boolean isOver, boolean isSpare) {}

    /** Those of a provider and tag that have not ended. */
    List<Open> open(String provider, String tag, InstanceSettings.Times times) {
        return jdbc.sql("""
                        select id, instance_id, status, created_at > now() - interval '10 seconds' as is_young,
                          terminate_after <= now()
                            or (status = 'provisioning' and created_at < now() - :start * interval '1 millisecond')
                            or coalesce(heartbeat_at < now() - :silence * interval '1 millisecond', false)
                            or coalesce(idle_since < now() - :idle * interval '1 millisecond', false) as is_over,
                          status = 'provisioning' or idle_since is not null as is_spare
                        from holovitals.cloud_instances
                        where status not in ('terminated', 'failed') and provider = :provider and tag = :tag order by created_at
                        """)
                .param("start", times.start().toMillis())
                .param("silence", times.silence().toMillis())
                .param("idle", times.idle().toMillis())
                .param("provider", provider)
                .param("tag", tag)
                .query((row, number) -> new Open(
                        row.getObject("id", UUID.class),
                        row.getString("instance_id"),
                        row.getString("status"),
                        row.getBoolean("is_young"),
                        row.getBoolean("is_over"),
                        row.getBoolean("is_spare")))
                .list();
    }

    /** Those that ended long ago for whoever started them, as on a machine that is not there any more. */
    List<UUID> forgotten() {
        return jdbc.sql("""
                        select id from holovitals.cloud_instances
                        where status not in ('terminated', 'failed') and terminate_after < now() - interval '10 minutes'
                          and coalesce(heartbeat_at, created_at) < now() - interval '10 minutes'
                        """).query(UUID.class).list();
    }

    /** For operators: those that have not ended, or those that have, the newest first. */
    List<CloudInstance> page(boolean hasEnded, UUID before, int limit) {
        return jdbc.sql("""
                        select * from holovitals.cloud_instances
                        where (status in ('terminated', 'failed')) = ? and id < ? order by id desc limit ?
                        """)
                .params(hasEnded, before, limit)
                .query((row, number) -> instance(row))
                .list();
    }

    boolean exists(UUID id) {
        return jdbc.sql("select exists (select from holovitals.cloud_instances where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private static CloudInstance instance(ResultSet row) throws SQLException {
        return new CloudInstance(
                row.getObject("id", UUID.class),
                row.getString("provider"),
                row.getString("instance_type"),
                row.getString("instance_id"),
                row.getString("status"),
                row.getBigDecimal("cost_per_minute"),
                row.getBigDecimal("total_cost"),
                row.getString("currency"),
                time(row, "created_at").orElseThrow(),
                time(row, "terminate_after").orElseThrow(),
                time(row, "ready_at").orElse(null),
                time(row, "heartbeat_at").orElse(null),
                time(row, "terminated_at").orElse(null));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
