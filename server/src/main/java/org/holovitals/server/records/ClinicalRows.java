package org.holovitals.server.records;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.mappings.Row;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes and deletes the rows of the typed tables, in the transaction of the caller. */
final class ClinicalRows {
    private final JdbcTemplate jdbc;
    private final Ids ids;
    private final Clock clock;
    private final Map<String, ClinicalTable> tables = ClinicalTable.all().stream()
            .collect(Collectors.toMap(ClinicalTable::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));

    ClinicalRows(JdbcTemplate jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** Removes every row of resources of a type, whichever table it stands in. */
    void delete(String type, Collection<Long> resourceKeys) {
        delete(
                type,
                resourceKeys,
                resourceKeys.stream().map(key -> Long.MAX_VALUE).toList());
    }

    /** Removes the rows of versions before those that resources of a type have now. */
    void deleteFormer(String type, Collection<ProjectedResource> resources) {
        delete(
                type,
                resources.stream().map(ProjectedResource::resourceKey).toList(),
                resources.stream().map(ProjectedResource::version).toList());
    }

    /** One statement, however many tables there are: all but the last are deleted from on the way. */
    private void delete(String type, Collection<Long> resourceKeys, Collection<Long> before) {
        List<String> names = ClinicalTable.of(type).stream().sorted().toList();
        StringBuilder sql = new StringBuilder(
                "with former as (select * from unnest(?::bigint[], ?::bigint[]) as f (res_id, version))");
        names.subList(0, names.size() - 1).forEach(table -> sql.append(", ")
                .append(table)
                .append(" as (")
                .append(deletion(table))
                .append(")"));
        jdbc.update(
                sql.append(deletion(names.get(names.size() - 1))).toString(),
                resourceKeys.toArray(Long[]::new),
                before.toArray(Long[]::new));
    }

    private static String deletion(String table) {
        return """
                 delete from holovitals.%s t using former f where t.res_id = f.res_id and t.fhir_version < f.version
                """.formatted(table);
    }

    void deleteOrphans() {
        tables.keySet().forEach(table -> jdbc.update(orphans(table)));
    }

    /** The statement that deletes the rows of a table whose resource is deleted. */
    static String orphans(String table) {
        return """
                delete from holovitals.%s t using fhir.hfj_resource r
                where r.res_id = t.res_id and r.res_deleted_at is not null
                """.formatted(table);
    }

    /** Writes rows, a batch for each table. */
    void write(Collection<PlacedRow> rows) {
        Map<String, List<PlacedRow>> byTable = rows.stream()
                .collect(Collectors.groupingBy(placed -> placed.row().table(), Collectors.toList()));
        tables.values().forEach(table -> write(table, byTable.getOrDefault(table.name(), List.of())));
    }

    private void write(ClinicalTable table, List<PlacedRow> rows) {
        if (!rows.isEmpty()) {
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            jdbc.batchUpdate(
                    table.insert(), rows.stream().map(row -> values(row, now)).toList());
        }
    }

    private @Nullable Object[] values(PlacedRow placed, OffsetDateTime now) {
        Row row = placed.row();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(ids.next());
        values.add(placed.repositoryId());
        values.add(row.origin().fhirId());
        values.add(row.origin().version());
        values.add(placed.resourceKey());
        values.add(bound(row.origin().lastUpdated()));
        values.add(now);
        row.columns().values().forEach(value -> values.add(bound(value)));
        return values.toArray();
    }

    /** PostgreSQL's driver takes no Instant. */
    static @Nullable Object bound(@Nullable Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }

    /** A row, the repository it belongs to and HAPI's key of its resource. */
    record PlacedRow(Row row, UUID repositoryId, long resourceKey) {}
}
