package org.holovitals.server.records;

import ca.uhn.fhir.context.FhirContext;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The current resources in HAPI's tables, page by page in the order of their keys, past HAPI's own slow search. */
final class StoredResources {
    private static final int PAGE = 200;

    private static final String CURRENT = """
            select r.res_id, r.res_type, r.fhir_id, r.res_ver, r.res_updated at time zone 'UTC', v.res_text_vc
            from fhir.hfj_resource r
            join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
            where r.res_type = any(:types) and r.res_deleted_at is null and r.res_id > :after
            order by r.res_id
            limit %d
            """.formatted(PAGE);

    private final JdbcClient jdbc;
    private final FhirContext fhir;

    StoredResources(JdbcClient jdbc, FhirContext fhir) {
        this.jdbc = jdbc;
        this.fhir = fhir;
    }

    /** A resource with its id and meta, and HAPI's key of it. */
    record Stored(long key, Resource resource) {}

    long count(Collection<String> types) {
        return jdbc.sql(
                        "select count(*) from fhir.hfj_resource where res_type = any(:types) and res_deleted_at is null")
                .param("types", types.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    /** The next resources of some types after a key; none at the end. */
    List<Stored> page(Set<String> types, long after) {
        return read(CURRENT, types, after);
    }

    /** As {@link #page}; a writer of one of them waits until the transaction of the caller ends. */
    List<Stored> lockedPage(Set<String> types, long after) {
        return read(CURRENT + "for share of r", types, after);
    }

    private List<Stored> read(String sql, Set<String> types, long after) {
        return jdbc.sql(sql)
                .param("types", types.toArray(String[]::new))
                .param("after", after)
                .query(stored())
                .list();
    }

    private RowMapper<Stored> stored() {
        return (row, number) -> {
            Resource resource = (Resource) fhir.newJsonParser().parseResource(row.getString(6));
            String version = Long.toString(row.getLong(4));
            resource.setId(new IdType(row.getString(2), row.getString(3), version));
            resource.getMeta().setVersionId(version);
            resource.getMeta()
                    .setLastUpdated(
                            Date.from(row.getObject(5, OffsetDateTime.class).toInstant()));
            return new Stored(row.getLong(1), resource);
        };
    }
}
