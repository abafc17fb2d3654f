package org.holovitals.server.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** To whom a record was shown, out of the table {@code audit_logs}. */
final class Disclosures {
    /** What shows something of a record; so do FHIR's operations. */
    private static final String[] SHOWING = {
        "read",
        "vread",
        "history-instance",
        "history-type",
        "history-system",
        "search-type",
        "search-system",
        "page",
        "transaction",
        "batch"
    };

    /** Operations that show nothing; of a bulk export it is the files that do. */
    private static final String[] SILENT = {
        "$validate",
        "$meta-add",
        "$meta-delete",
        "$reindex",
        "$expunge",
        "$export",
        "$export-poll-status",
        "$import",
        "$import-poll-status",
        "$import-file"
    };

    private final JdbcClient jdbc;

    Disclosures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What one recipient was shown for one purpose: 45 CFR 164.528(b)(3) lets what repeats stand once, with the first time,
     * the number and the last time.
     *
     * @param service the app where no user received it
     * @param kind of the consent; null without one
     * @param what resource types
     */
    record Group(
            Instant first,
            Instant last,
            int number,
            @Nullable String name,
            @Nullable String fhirUser,
            @Nullable String service,
            List<String> apps,
            @Nullable String kind,
            @Nullable String reason,
            List<String> what,
            boolean isBulk) {}

    /** All but what went to the patient herself, the newest first. */
    List<Group> of(String patient, Instant from, Instant until) {
        return jdbc.sql("""
                        with shown as (
                          select a.timestamp, a.user_id, a.client_id, a.resource, a.is_about_everyone, g.kind, g.reason,
                            case when a.user_id is null then a.client_id end as service
                          from holovitals.audit_logs a
                          left join lateral (
                            select c.kind, c.reason from holovitals.consent_grants c
                            where c.id = any (a.consents) and c.patient_fhir_id = :patient
                            order by c.kind = 'break-glass' desc, c.id limit 1) g on true
                          where a.timestamp >= :from and a.timestamp < :until
                            and ((a.patients <> '{}' and a.patients @> array[cast(:patient as text)]) or a.is_about_everyone)
                            and a.outcome = 'success' and a.resource <> all (:ofTheLog)
                            and (a.action = any (:showing) or (a.action like '$%' and a.action <> all (:silent)))
                            and not exists (select from holovitals.patient_keys k
                              where k.fhir_id = :patient and k.user_id = a.user_id))
                        select min(s.timestamp) as first, max(s.timestamp) as last, count(*) as number, u.display_name, u.fhir_user,
                          s.service, s.kind, s.reason, array_agg(distinct s.resource) as what,
                          array_agg(distinct s.client_id) filter (where s.client_id is not null) as apps,
                          bool_or(s.is_about_everyone) as is_bulk
                        from shown s left join holovitals.users u on u.id = s.user_id
                        where u.fhir_user is distinct from 'Patient/' || :patient
                        group by s.user_id, u.display_name, u.fhir_user, s.service, s.kind, s.reason
                        order by last desc, first desc
                        """)
                .param("patient", patient)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("ofTheLog", LogResources.ALL.toArray(String[]::new))
                .param("showing", SHOWING)
                .param("silent", SILENT)
                .query((row, number) -> group(row))
                .list();
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                row.getObject("first", OffsetDateTime.class).toInstant(),
                row.getObject("last", OffsetDateTime.class).toInstant(),
                row.getInt("number"),
                row.getString("display_name"),
                row.getString("fhir_user"),
                row.getString("service"),
                texts(row, "apps"),
                row.getString("kind"),
                row.getString("reason"),
                texts(row, "what"),
                row.getBoolean("is_bulk"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return row.getArray(column) == null
                ? List.of()
                : List.of((String[]) row.getArray(column).getArray());
    }
}
