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

    /**
     * How many different values a user had within the window, at each of {@code rows}: a value comes in with a row and goes out
     * when the window has passed over its last one, so that a busy log is gone through once and not once for each row.
     */
    private static final String DIFFERENT = """
            , seen as (
              select id, user_id, timestamp, lag(timestamp) over own as before, lead(timestamp) over own as after
              from rows
              window own as (partition by user_id, value order by timestamp)
            ), steps as (
              select user_id, timestamp, 1 as actions, count(*) filter (
                where before is null or before < timestamp - make_interval(secs => :window)) as step
              from seen
              group by user_id, id, timestamp
              union all
              select user_id, timestamp + make_interval(secs => :window), 0, -count(*)
              from seen
              where after is null or after > timestamp + make_interval(secs => :window)
              group by user_id, timestamp
            ), counted as (
              select user_id, timestamp, actions as own, sum(actions) over (partition by user_id order by timestamp
                  range between make_interval(secs => :window) preceding and current row) as actions,
                sum(step) over (partition by user_id order by timestamp, actions desc rows unbounded preceding) as number
              from steps
            )
            """;

    private static final String RAPID = """
            with rows as (
              select a.id, a.user_id, a.timestamp, p.patient as value
              from holovitals.audit_logs a join holovitals.users u on u.id = a.user_id
              cross join unnest(a.patients) as p (patient)
              where a.timestamp > :from - make_interval(secs => :window) and a.timestamp <= :until
                and a.patients <> '{}' and 'clinician' = any (u.roles)
            )
            """ + DIFFERENT + """
            select user_id, null as client_id, floor(extract(epoch from timestamp) / :window)::bigint::text as bucket,
              max(actions) as occurrences, max(timestamp) as last_seen,
              jsonb_build_object('patients', max(number))::text as details
            from counted
            where own > 0 and timestamp > :from and actions > :most and number >= :patients
            group by user_id, bucket
            """;

    /** Only rows beside one of another address can change how many there are. */
    private static final String ADDRESSES = """
            with used as (
              select a.id, a.user_id, a.ip_address, a.timestamp,
                lag(a.ip_address) over own as before, lead(a.ip_address) over own as after
              from holovitals.audit_logs a
              where a.timestamp > :from - make_interval(secs => :window) and a.timestamp <= :until
                and a.user_id is not null and a.ip_address is not null
              window own as (partition by a.user_id order by a.timestamp)
            ), rows as (
              select id, user_id, timestamp, ip_address as value
              from used
              where ip_address is distinct from before or ip_address is distinct from after
            )
            """ + DIFFERENT + """
            select user_id, null as client_id, floor(extract(epoch from timestamp) / :window)::bigint::text as bucket,
              max(number) as occurrences, max(timestamp) as last_seen,
              jsonb_build_object('addresses', max(number))::text as details
            from counted
            where own > 0 and timestamp > :from and number > :most
            group by user_id, bucket
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
