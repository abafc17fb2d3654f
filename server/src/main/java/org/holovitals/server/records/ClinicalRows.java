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
import java.util.TreeSet;
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

    /** Removes every row of a resource, whichever table it stands in. */
    void delete(String type, Collection<Long> resourceKeys) {
        Long[] keys = resourceKeys.toArray(Long[]::new);
        for (String table : new TreeSet<>(ClinicalTable.of(type))) {
            jdbc.update("delete from holovitals." + table + " where res_id = any(?)", (Object) keys);
        }
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

    /** Inserts rows, a batch for each table. */
    void insert(Collection<PlacedRow> rows) {
        Map<String, List<PlacedRow>> byTable = rows.stream()
                .collect(Collectors.groupingBy(placed -> placed.row().table(), Collectors.toList()));
        tables.values().forEach(table -> insert(table, byTable.getOrDefault(table.name(), List.of())));
    }

    private void insert(ClinicalTable table, List<PlacedRow> rows) {
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
