package org.holovitals.server.finder;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.StoredRow;
import org.springframework.jdbc.core.simple.JdbcClient;

/** HAPI's tables of stored resources. */
final class StoredSources {
    private final JdbcClient jdbc;

    StoredSources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of some versions that are the current ones of resources that are there. */
    List<StoredResource> current(Collection<Source> sources) {
        return read("select " + StoredRow.CURRENT + """
                         from unnest(:types, :ids, :versions) as wanted (type, id, version)
                        join fhir.hfj_resource r
                          on r.res_type = wanted.type and r.fhir_id = wanted.id and r.res_ver = wanted.version
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_deleted_at is null
                        """, sources);
    }

    /** Those of some versions that are not deletions, also former ones. */
    List<StoredResource> versions(Collection<Source> sources) {
        return read("select " + StoredRow.FORMER + """
                         from unnest(:types, :ids, :versions) as wanted (type, id, version)
                        join fhir.hfj_resource r on r.res_type = wanted.type and r.fhir_id = wanted.id
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = wanted.version
                        where v.res_deleted_at is null
                        """, sources);
    }

    /** The current versions of some resources that are there. */
    List<Source> current(String type, Collection<String> ids) {
        return jdbc.sql("""
                        select fhir_id, res_ver from fhir.hfj_resource
                        where res_type = ? and fhir_id = any (?) and res_deleted_at is null
                        """)
                .params(type, ids.toArray(String[]::new))
                .query((row, number) -> new Source(type, row.getString("fhir_id"), row.getLong("res_ver")))
                .list();
    }

    private List<StoredResource> read(String sql, Collection<Source> sources) {
        return jdbc
                .sql(sql)
                .param("types", sources.stream().map(Source::type).toArray(String[]::new))
                .param("ids", sources.stream().map(Source::id).toArray(String[]::new))
                .param("versions", sources.stream().map(Source::version).toArray(Long[]::new))
                .query((row, number) -> StoredRow.read(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
