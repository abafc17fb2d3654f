package org.holovitals.server.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code record_viewers}: who has looked at which record before. */
final class RecordViewers {
    private final JdbcClient jdbc;
    private final Ids ids;

    RecordViewers(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * A first look.
     *
     * @param patient FHIR id
     * @param isEmergency whether it was under a break-glass grant, of which the patient was told when it was taken
     */
    record FirstLook(String patient, String viewer, Instant when, boolean isEmergency) {}

    /**
     * Who looked at whose record in a time and never before. What a patient does herself is none, nor what is read of the log;
     * an access to all records counts for the patients who have an account and whose record was there.
     */
    List<FirstLook> newOnes(Instant from, Instant until) {
        return jdbc.sql("""
                        with looks as (
                          select patient, a.user_id, a.client_id, a.consents, min(a.timestamp) as first
                          from holovitals.audit_logs a
                          cross join lateral (
                            select unnest(a.patients) as patient
                            union all
                            select k.fhir_id from holovitals.patient_keys k
                            join fhir.hfj_resource r on r.res_type = 'Patient' and r.fhir_id = k.fhir_id
                            where a.is_about_everyone and k.user_id is not null
                              and r.res_published <= a.timestamp at time zone 'UTC') p
                          where a.timestamp >= :from and a.timestamp < :until and a.outcome = 'success'
                            and (a.patients <> '{}' or a.is_about_everyone)
                            and a.action <> 'break-glass' and a.resource <> all (:ofTheLog)
                          group by patient, a.user_id, a.client_id, a.consents
                        ), others as (
                          select l.patient, v.viewer, min(l.first) as first,
                            bool_and(exists (select from holovitals.consent_grants g
                              where g.id = any (l.consents) and g.kind = 'break-glass')) as is_emergency
                          from looks l
                          cross join lateral (
                            select coalesce('user:' || l.user_id, 'client:' || l.client_id) as viewer) v
                          left join holovitals.users u on u.id = l.user_id
                          where v.viewer is not null
                            and u.fhir_user is distinct from 'Patient/' || l.patient
                            and not exists (select from holovitals.patient_keys k
                              where k.fhir_id = l.patient and k.user_id = l.user_id)
                          group by l.patient, v.viewer)
                        select * from others l
                        where not exists (select from holovitals.record_viewers r
                          where r.patient_fhir_id = l.patient and r.viewer = l.viewer)
                        """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("ofTheLog", LogResources.ALL.toArray(String[]::new))
                .query((row, number) -> look(row))
                .list();
    }

    /** Whether this is the first time that it is written down. */
    boolean add(FirstLook look) {
        return jdbc.sql("""
                        insert into holovitals.record_viewers (id, patient_fhir_id, viewer, first_seen_at)
                        values (?, ?, ?, ?) on conflict (patient_fhir_id, viewer) do nothing
                        """)
                        .params(
                                ids.next(),
                                look.patient(),
                                look.viewer(),
                                look.when().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private static FirstLook look(ResultSet row) throws SQLException {
        return new FirstLook(
                row.getString("patient"),
                row.getString("viewer"),
                row.getObject("first", OffsetDateTime.class).toInstant(),
                row.getBoolean("is_emergency"));
    }
}
