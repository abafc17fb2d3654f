package org.holovitals.server.alerts;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.holovitals.server.audit.AuditEntry.Severity;

/**
 * What is suspicious, as one statement over the rows from {@code :from} to {@code :until}. It returns for each user (or
 * client, where no user acts) and window {@code user_id}, {@code client_id}, {@code bucket}, {@code occurrences},
 * {@code last_seen} and {@code details}, and may look back by the {@code :window} in seconds.
 */
record AlertRule(String name, Severity severity, Duration window, String sql, Map<String, Object> parameters) {
    private static final int HOURS = 24;

    private static final String RAPID = """
            with recent as materialized (
              select a.user_id, a.timestamp, a.patients, count(*) over (partition by a.user_id order by a.timestamp
                range between make_interval(secs => :window) preceding and current row) as actions
              from holovitals.audit_logs a join holovitals.users u on u.id = a.user_id
              where a.timestamp > :from - make_interval(secs => :window) and a.timestamp <= :until
                and a.patients <> '{}' and 'clinician' = any (u.roles)
            )
            select r.user_id, null as client_id, floor(extract(epoch from r.timestamp) / :window)::bigint::text as bucket,
              max(r.actions) as occurrences, max(r.timestamp) as last_seen,
              jsonb_build_object('patients', max(p.number))::text as details
            from recent r cross join lateral (
              select count(distinct patient) as number from recent o cross join unnest(o.patients) as patient
              where o.user_id = r.user_id and o.timestamp >= r.timestamp - make_interval(secs => :window)
                and o.timestamp <= r.timestamp) p
            where r.timestamp > :from and r.actions > :most and p.number >= :patients
            group by r.user_id, bucket
            """;

    /** Only rows beside one of another address can change how many there are. */
    private static final String ADDRESSES = """
            with used as (
              select a.user_id, a.ip_address, a.timestamp,
                lag(a.ip_address) over own as before, lead(a.ip_address) over own as after
              from holovitals.audit_logs a
              where a.timestamp > :from - make_interval(secs => :window) and a.timestamp <= :until
                and a.user_id is not null and a.ip_address is not null
              window own as (partition by a.user_id order by a.timestamp)
            ), edges as materialized (
              select * from used where ip_address is distinct from before or ip_address is distinct from after
            )
            select r.user_id, null as client_id, floor(extract(epoch from r.timestamp) / :window)::bigint::text as bucket,
              max(d.number) as occurrences, max(r.timestamp) as last_seen,
              jsonb_build_object('addresses', max(d.number))::text as details
            from edges r cross join lateral (
              select count(distinct o.ip_address) as number from edges o
              where o.user_id = r.user_id and o.timestamp >= r.timestamp - make_interval(secs => :window)
                and o.timestamp <= r.timestamp) d
            where r.timestamp > :from and d.number > :most
            group by r.user_id, bucket
            """;

    private static final String NIGHT = """
            select a.user_id, null as client_id, (t.local - make_interval(hours => :first))::date::text as bucket,
              count(*) as occurrences, max(a.timestamp) as last_seen, '{}' as details
            from holovitals.audit_logs a
            cross join lateral (select a.timestamp at time zone :zone as local) t
            cross join lateral (select extract(hour from t.local)::int as hour) h
            where a.timestamp > :from - make_interval(secs => :window) and a.timestamp <= :until
              and a.user_id is not null and a.patients <> '{}'
              and case when :first <= :last then h.hour >= :first and h.hour < :last
                else h.hour >= :first or h.hour < :last end
              and not exists (select from holovitals.patient_keys k
                where k.user_id = a.user_id and k.fhir_id = any (a.patients))
            group by a.user_id, bucket
            having max(a.timestamp) > :from
            """;

    private static final String REFUSALS = """
            with refused as (
              select a.user_id, c.client_id, a.timestamp, count(*) over (partition by a.user_id, c.client_id order by
                a.timestamp range between make_interval(secs => :window) preceding and current row) as number
              from holovitals.audit_logs a
              cross join lateral (select case when a.user_id is null then a.client_id end as client_id) c
              where a.timestamp > :from - make_interval(secs => :window) and a.timestamp <= :until
                and a.outcome = 'refused' and (a.user_id is not null or a.client_id is not null)
            )
            select user_id, client_id, floor(extract(epoch from timestamp) / :window)::bigint::text as bucket,
              max(number) as occurrences, max(timestamp) as last_seen, '{}' as details
            from refused
            where timestamp > :from and number >= :least
            group by user_id, client_id, bucket
            """;

    static List<AlertRule> of(AlertSettings settings) {
        return List.of(
                rapid(settings.rapid()),
                addresses(settings.addresses()),
                night(settings.night(), settings.zone()),
                refusals(settings.refusals()));
    }

    private static AlertRule rapid(AlertSettings.Rapid limits) {
        return new AlertRule(
                "rapid-access",
                Severity.HIGH,
                limits.window(),
                RAPID,
                Map.of("most", limits.actions(), "patients", limits.patients()));
    }

    private static AlertRule addresses(AlertSettings.Addresses limits) {
        return new AlertRule(
                "many-addresses", Severity.HIGH, limits.window(), ADDRESSES, Map.of("most", limits.most()));
    }

    /** The window is as long as the night, so that each look counts all of it. */
    private static AlertRule night(AlertSettings.Night hours, ZoneId zone) {
        return new AlertRule(
                "access-at-night",
                Severity.MEDIUM,
                Duration.ofHours(Math.floorMod(hours.until() - hours.from(), HOURS)),
                NIGHT,
                Map.of("first", hours.from(), "last", hours.until(), "zone", zone.getId()));
    }

    private static AlertRule refusals(AlertSettings.Refusals limits) {
        return new AlertRule(
                "repeated-refusals", Severity.HIGH, limits.window(), REFUSALS, Map.of("least", limits.least()));
    }
}
