package org.holovitals.server.reading;

import java.sql.Array;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.server.fhir.IndexHashes;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.StoredRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stored Observations by what was observed, and when; each method is one statement. */
final class Observations {
    private final JdbcClient jdbc;

    Observations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An Observation.
     *
     * @param id its key
     * @param at when it was, or began; null when it does not say
     * @param codes with their systems; of one without codes its text, and of one without either its key
     */
    record Observed(long id, @Nullable OffsetDateTime at, List<String> codes) {
        static final Comparator<Observed> LATEST_FIRST = Comparator.comparing(
                        Observed::at, Comparator.nullsFirst(Comparator.<OffsetDateTime>naturalOrder()))
                .thenComparing(Observed::id)
                .reversed();
    }

    /** All that a search finds. */
    List<Observed> of(PatientSearch search) {
        Sql statement = Sql.of(
                        """
                        with indexed as (
                            select f.res_id,
                                (select max(d.sp_value_low) from fhir.hfj_spidx_date d
                                 where d.res_id = f.res_id and d.hash_identity = ?) at time zone 'UTC' as at,
                                array(select coalesce(t.sp_system, '') || '|' || t.sp_value from fhir.hfj_spidx_token t
                                      where t.res_id = f.res_id and t.hash_identity = ? and t.sp_value is not null) as codes
                            from (select c.res_id from (""", IndexHashes.identity("Observation", "date"), IndexHashes.identity("Observation", "code"))
                .and(search.candidates())
                .and(") c where ")
                .and(search.criterion())
                .and("""
                        ) f)
                        select res_id, at, case when codes <> '{}' then codes else array[coalesce(
                            (select v.res_text_vc::jsonb -> 'code' ->> 'text' from fhir.hfj_resource r
                             join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                             where r.res_id = indexed.res_id),
                            'Observation/' || res_id)] end as codes
                        from indexed
                        """);
        return jdbc.sql(statement.text())
                .params(statement.values())
                .query((row, number) -> new Observed(
                        row.getLong("res_id"), row.getObject("at", OffsetDateTime.class), texts(row.getArray("codes"))))
                .list();
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** The current versions of those that are not deleted and are stored as JSON, by their keys. */
    Map<Long, StoredResource> current(Collection<Long> ids) {
        return jdbc.sql("select r.res_id, " + StoredRow.CURRENT + """
                         from fhir.hfj_resource r
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_id = any (?) and r.res_deleted_at is null
                        """)
                .param(ids.toArray(Long[]::new))
                .query(rows -> {
                    Map<Long, StoredResource> found = new HashMap<>();
                    while (rows.next()) {
                        long id = rows.getLong("res_id");
                        StoredRow.read(rows).ifPresent(stored -> found.put(id, stored));
                    }
                    return found;
                });
    }
}
