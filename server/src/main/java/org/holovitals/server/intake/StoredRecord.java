package org.holovitals.server.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.fhir.IndexHashes;
import org.holovitals.server.stored.ResourceTables;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.StoredRow;
import org.springframework.jdbc.core.simple.JdbcClient;

/** HAPI's tables of stored resources and their references. */
final class StoredRecord {
    private static final int PAGE = 500;

    private final JdbcClient jdbc;
    private final ResourceTables resources;

    StoredRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.resources = new ResourceTables(jdbc);
    }

    /** The current resources of some types that refer to a patient, one by one. */
    void each(String patient, Collection<String> types, Consumer<StoredResource> consumer) {
        long after = 0;
        List<Keyed> page;
        do {
            page = page(patient, types, after);
            page.forEach(keyed -> keyed.resource().ifPresent(consumer));
            after = page.isEmpty() ? after : page.get(page.size() - 1).key();
        } while (page.size() == PAGE);
    }

    private record Keyed(long key, Optional<StoredResource> resource) {}

    private List<Keyed> page(String patient, Collection<String> types, long after) {
        return jdbc.sql("select r.res_id, " + StoredRow.CURRENT + """
                         from fhir.hfj_resource r join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_deleted_at is null and r.res_type = any(:types) and r.res_id > :after and r.res_id in (
                          select l.src_resource_id from fhir.hfj_res_link l
                          join fhir.hfj_resource p on p.res_id = l.target_resource_id
                          where p.res_type = 'Patient' and p.fhir_id = :patient)
                        order by r.res_id limit :count
                        """)
                .param("types", types.toArray(String[]::new))
                .param("after", after)
                .param("patient", patient)
                .param("count", PAGE)
                .query((row, number) -> new Keyed(row.getLong("res_id"), StoredRow.read(row)))
                .list();
    }

    /** A resource as it is now. */
    Optional<StoredResource> current(String type, String id) {
        return resources.current(type, id);
    }

    /** The one resource of a type with an identifier; empty where there are several. */
    Optional<String> identified(String type, String system, String value) {
        List<String> found = jdbc.sql("""
                        select r.fhir_id from fhir.hfj_spidx_token t join fhir.hfj_resource r on r.res_id = t.res_id
                        where t.hash_sys_and_value = ? and r.res_type = ? and r.res_deleted_at is null limit 2
                        """)
                .params(IndexHashes.systemAndValue(type, "identifier", system, value), type)
                .query(String.class)
                .list();
        return found.size() == 1 ? Optional.of(type + "/" + found.get(0)) : Optional.empty();
    }

    /** The current versions of those of some resources that are there. */
    Map<String, Long> versions(Collection<String> references) {
        Map<String, Long> versions = new HashMap<>();
        jdbc.sql("""
                        select r.res_type || '/' || r.fhir_id, r.res_ver
                        from unnest(:types, :ids) as wanted (type, id)
                        join fhir.hfj_resource r on r.res_type = wanted.type and r.fhir_id = wanted.id
                        where r.res_deleted_at is null
                        """)
                .param("types", parts(references, IdType::getResourceType))
                .param("ids", parts(references, IdType::getIdPart))
                .query(row -> {
                    versions.put(row.getString(1), row.getLong(2));
                });
        return versions;
    }

    /** Those of some resources to which others refer that are neither among them nor among those to leave out of account. */
    Set<String> inUse(Collection<String> references, Collection<String> without) {
        Set<String> apart = new HashSet<>(references);
        apart.addAll(without);
        return new HashSet<>(jdbc.sql("""
                        select distinct r.res_type || '/' || r.fhir_id
                        from unnest(:types, :ids) as wanted (type, id)
                        join fhir.hfj_resource r on r.res_type = wanted.type and r.fhir_id = wanted.id
                        join fhir.hfj_res_link l on l.target_resource_id = r.res_id
                        join fhir.hfj_resource s on s.res_id = l.src_resource_id and s.res_deleted_at is null
                        where s.res_type || '/' || s.fhir_id <> all(:apart)
                        """)
                .param("types", parts(references, IdType::getResourceType))
                .param("ids", parts(references, IdType::getIdPart))
                .param("apart", apart.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    private static String[] parts(Collection<String> references, Function<IdType, String> part) {
        return references.stream().map(IdType::new).map(part).toArray(String[]::new);
    }

    /** Those of some resources that are named in the record of an import's patient by what is not the import's, or by what of it stays. */
    Set<String> mentioned(Import of, Collection<String> kept, Collection<String> wanted) {
        return jdbc.sql("""
                        select distinct m.reference[1]
                        from fhir.hfj_resource r join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver,
                          lateral regexp_matches(v.res_text_vc, '"reference" *: *"([A-Za-z]+/[A-Za-z0-9.-]+)', 'g') as m (reference)
                        where r.res_deleted_at is null
                          and (v.source_uri is distinct from :source or r.res_type || '/' || r.fhir_id = any(:kept))
                          and m.reference[1] = any(:wanted) and r.res_type || '/' || r.fhir_id <> all(:wanted)
                          and r.res_id in (
                            select l.src_resource_id from fhir.hfj_res_link l
                            join fhir.hfj_resource p on p.res_id = l.target_resource_id
                            where p.res_type = 'Patient' and p.fhir_id = :patient)
                        """)
                .param("source", RecordWriter.source(of))
                .param("kept", kept.toArray(String[]::new))
                .param("wanted", wanted.toArray(String[]::new))
                .param("patient", of.patient())
                .query(String.class)
                .set();
    }
}
