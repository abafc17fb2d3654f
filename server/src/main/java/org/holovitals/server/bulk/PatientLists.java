package org.holovitals.server.bulk;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which Patients there are, and who is in a Group, out of HAPI's tables. */
final class PatientLists {
    private final JdbcClient jdbc;

    PatientLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of some ids that are of no current Patient. */
    Set<String> unknown(Collection<String> ids) {
        Set<String> unknown = new TreeSet<>(ids);
        unknown.removeAll(jdbc.sql("""
                        select fhir_id from fhir.hfj_resource
                        where res_type = 'Patient' and fhir_id = any (?) and res_deleted_at is null
                        """)
                .param(ids.toArray(String[]::new))
                .query(String.class)
                .set());
        return unknown;
    }

    /** The ids of the Patients that are active members of a Group; empty when there is no such Group. */
    Optional<Set<String>> members(String group) {
        return isGroup(group)
                ? Optional.of(Set.copyOf(
                        jdbc.sql("""
                        select distinct substring(member -> 'entity' ->> 'reference' from '^Patient/([A-Za-z0-9.-]+)') as id
                        from fhir.hfj_resource r
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        cross join lateral jsonb_array_elements(coalesce(v.res_text_vc::jsonb -> 'member', '[]')) member
                        where r.res_type = 'Group' and r.fhir_id = ? and r.res_deleted_at is null
                          and member -> 'entity' ->> 'reference' like 'Patient/%'
                          and coalesce(member ->> 'inactive', 'false') <> 'true'
                        """).param(group).query(String.class).set()))
                : Optional.empty();
    }

    private boolean isGroup(String id) {
        return jdbc.sql("""
                        select exists (select from fhir.hfj_resource
                          where res_type = 'Group' and fhir_id = ? and res_deleted_at is null)
                        """).param(id).query(Boolean.class).single();
    }
}
