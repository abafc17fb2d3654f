package org.holovitals.server.stored;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** HAPI's tables of stored resources, past HAPI; each method is one statement. */
public final class ResourceTables {
    private final JdbcClient jdbc;

    /** On some connections. */
    public ResourceTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The current version of a resource that is not deleted. */
    public Optional<StoredResource> current(String type, String id) {
        return jdbc.sql("select " + StoredRow.CURRENT + StoredRow.OF_ID)
                .params(type, id)
                .query((row, number) -> StoredRow.read(row))
                .optional()
                .flatMap(Function.identity());
    }

    /** A version of a resource, unless it is a deletion. */
    public Optional<StoredResource> version(String type, String id, long version) {
        return jdbc.sql("select " + StoredRow.FORMER + """
                         from fhir.hfj_resource r
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = ?
                        where r.res_type = ? and r.fhir_id = ? and v.res_deleted_at is null
                        """)
                .params(version, type, id)
                .query((row, number) -> StoredRow.read(row))
                .optional()
                .flatMap(Function.identity());
    }

    /**
     * The current versions of those of some resources that are there.
     *
     * @param types of each
     * @param ids of each, in the same order
     */
    public List<StoredResource> current(Collection<String> types, Collection<String> ids) {
        return jdbc
                .sql("select " + StoredRow.CURRENT + """
                         from unnest(?::text[], ?::text[]) as wanted (type, id)
                        join fhir.hfj_resource r on r.res_type = wanted.type and r.fhir_id = wanted.id
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_deleted_at is null
                        """)
                .params(types.toArray(String[]::new), ids.toArray(String[]::new))
                .query((row, number) -> StoredRow.read(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
