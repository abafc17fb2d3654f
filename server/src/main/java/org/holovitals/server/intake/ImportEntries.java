package org.holovitals.server.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code import_entries}: what a file holds, and the journal of what became of it. */
final class ImportEntries {
    private static final String SELECT = """
            select id, ordinal, resource_type, finding, reason, state, content, turn, fhir_id, version_before, version_after,
              provenance_id
            from holovitals.import_entries
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ImportEntries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A resource as it stood in the file, or one that cannot be read. */
    void add(UUID id, UUID of, int ordinal, String type, @Nullable String content, @Nullable String refusal) {
        jdbc.sql("""
                        insert into holovitals.import_entries
                          (id, import_id, ordinal, resource_type, finding, reason, state, content, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        id,
                        of,
                        ordinal,
                        type,
                        refusal == null ? null : Finding.REFUSED.text(),
                        refusal,
                        refusal == null ? "read" : "left",
                        content,
                        clock.instant().atOffset(ZoneOffset.UTC)))
                .update();
    }

    /** What an entry turned out to be. */
    record Found(
            Finding finding,
            @Nullable String reason,
            String content,
            @Nullable String sourceKey,
            int turn,
            @Nullable String fhirId,
            long before) {}

    boolean found(UUID id, Found found) {
        return jdbc.sql("""
                        update holovitals.import_entries set state = 'left', finding = :finding, reason = :reason,
                          content = :content, source_key = :sourceKey, turn = :turn, fhir_id = :fhirId, version_before = :before
                        where id = :id and state = 'read'
                        """)
                        .param("finding", found.finding().text())
                        .param("reason", found.reason())
                        .param("content", found.content())
                        .param("sourceKey", found.sourceKey())
                        .param("turn", found.turn())
                        .param("fhirId", found.fhirId())
                        .param("before", found.before())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Ids of the entries that were read and not looked at, in their order. */
    List<UUID> unseen(UUID of) {
        return jdbc.sql("""
                        select id from holovitals.import_entries where import_id = ? and state = 'read' order by ordinal
                        """).param(of).query(UUID.class).list();
    }

    Entry get(UUID id) {
        return jdbc.sql(SELECT + "where id = ?")
                .param(id)
                .query(ImportEntries::read)
                .single();
    }

    /** A page in the file's order. */
    List<Entry> page(UUID of, int after, @Nullable Finding finding, int count) {
        return jdbc.sql(SELECT + """
                        where import_id = :of and ordinal > :after and (:finding::text is null or finding = :finding)
                        order by ordinal limit :count
                        """)
                .param("of", of)
                .param("after", after)
                .param("finding", finding == null ? null : finding.text())
                .param("count", count)
                .query(ImportEntries::read)
                .list();
    }

    /** How many entries there are by what they are. */
    Map<String, Integer> findings(UUID of) {
        return counts("""
                        select finding, count(*) from holovitals.import_entries
                        where import_id = ? and finding is not null group by finding
                        """, of);
    }

    /** How many entries there are by what became of them. */
    Map<String, Integer> states(UUID of) {
        return counts("select state, count(*) from holovitals.import_entries where import_id = ? group by state", of);
    }

    private Map<String, Integer> counts(String sql, UUID of) {
        Map<String, Integer> counts = new TreeMap<>();
        jdbc.sql(sql).param(of).query(row -> {
            counts.put(row.getString(1), row.getInt(2));
        });
        return counts;
    }

    /** What the entries are and became, those that are alike together. */
    List<OperatorImports.Line> lines(UUID of) {
        return jdbc.sql("""
                        select count(*)::int, resource_type, finding, state, reason from holovitals.import_entries
                        where import_id = ? group by resource_type, finding, state, reason
                        order by state, finding, count(*) desc, resource_type, reason
                        """)
                .param(of)
                .query((row, number) -> new OperatorImports.Line(
                        row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .list();
    }

    /** Wants what is new or changed; returns how many that are. */
    int wantAll(UUID of) {
        return jdbc.sql("""
                        update holovitals.import_entries set state = 'waiting'
                        where import_id = ? and state = 'left' and finding in ('new', 'changed')
                        """).param(of).update();
    }

    /** Wants some entries; returns their places, without those that are not to be had. */
    Set<Integer> want(UUID of, Collection<Integer> ordinals) {
        return new HashSet<>(jdbc.sql("""
                        update holovitals.import_entries set state = 'waiting'
                        where import_id = ? and ordinal = any(?) and state = 'left' and finding in ('new', 'changed', 'conflict')
                        returning ordinal
                        """)
                .params(of, ordinals.toArray(Integer[]::new))
                .query(Integer.class)
                .list());
    }

    /** What is written together next; empty when nothing waits. */
    List<Entry> next(UUID of) {
        return jdbc.sql(SELECT + """
                        where import_id = :of and state = 'waiting' and turn = (
                          select min(turn) from holovitals.import_entries where import_id = :of and state = 'waiting')
                        order by ordinal
                        """).param("of", of).query(ImportEntries::read).list();
    }

    /** What is taken back together next: what came last. */
    List<Entry> last(UUID of) {
        return jdbc.sql(SELECT + """
                        where import_id = :of and state = 'written' and turn = (
                          select max(turn) from holovitals.import_entries where import_id = :of and state = 'written')
                        order by ordinal
                        """).param("of", of).query(ImportEntries::read).list();
    }

    boolean written(UUID id, String fhirId, long after, String provenance) {
        return jdbc.sql("""
                        update holovitals.import_entries
                        set state = 'written', fhir_id = ?, version_after = ?, provenance_id = ?, content = null
                        where id = ? and state = 'waiting'
                        """).params(fhirId, after, provenance, id).update() == 1;
    }

    boolean failed(UUID id, String reason) {
        return jdbc.sql("""
                        update holovitals.import_entries set state = 'failed', reason = ? where id = ? and state = 'waiting'
                        """).params(reason, id).update() == 1;
    }

    boolean undone(UUID id) {
        return jdbc.sql("update holovitals.import_entries set state = 'undone' where id = ? and state = 'written'")
                        .param(id)
                        .update()
                == 1;
    }

    boolean kept(UUID id, String reason) {
        return jdbc.sql("""
                        update holovitals.import_entries set state = 'kept', reason = ? where id = ? and state = 'written'
                        """).params(reason, id).update() == 1;
    }

    /** The resources of an import that stay although it is undone. */
    Set<String> kept(UUID of) {
        return jdbc.sql("""
                        select resource_type || '/' || fhir_id from holovitals.import_entries
                        where import_id = ? and state = 'kept'
                        """).param(of).query(String.class).set();
    }

    /** Drops the entries of a file that is not this patient's. */
    void drop(UUID of) {
        jdbc.sql("delete from holovitals.import_entries where import_id = ?")
                .param(of)
                .update();
    }

    /** Drops what the file said: nothing more is written of it. */
    void forget(UUID of) {
        jdbc.sql("update holovitals.import_entries set content = null where import_id = ? and content is not null")
                .param(of)
                .update();
    }

    /** The resources that entries of an import are or were written as, by the entries' ids. */
    Map<UUID, String> references(UUID of, Collection<UUID> ids) {
        Map<UUID, String> references = new HashMap<>();
        jdbc.sql("""
                        select id, resource_type || '/' || fhir_id from holovitals.import_entries
                        where import_id = ? and id = any(?) and fhir_id is not null
                          and (state = 'written' or finding in ('duplicate', 'changed', 'conflict'))
                        """).params(of, ids.toArray(UUID[]::new)).query(row -> {
            references.put(row.getObject(1, UUID.class), row.getString(2));
        });
        return references;
    }

    /** The resource that an earlier import of a record wrote for the same address of a file. */
    Optional<String> known(UUID record, String sourceKey) {
        return jdbc.sql("""
                        select e.resource_type || '/' || e.fhir_id
                        from holovitals.import_entries e join holovitals.imports i on i.id = e.import_id
                        where e.source_key = ? and e.state in ('written', 'kept') and i.patient_id = ?
                        order by e.id desc limit 1
                        """).params(sourceKey, record).query(String.class).optional();
    }

    /** Whether an import of a record wrote a version of a resource. */
    boolean wrote(UUID record, String type, String fhirId, long version) {
        return jdbc.sql("""
                        select exists (select
                          from holovitals.imports i join holovitals.import_entries e on e.import_id = i.id
                          where i.patient_id = ? and e.resource_type = ? and e.fhir_id = ? and e.version_after = ?
                            and e.state in ('written', 'kept'))
                        """)
                .params(record, type, fhirId, version)
                .query(Boolean.class)
                .single();
    }

    private static Entry read(ResultSet row, int number) throws SQLException {
        String finding = row.getString("finding");
        return new Entry(
                row.getObject("id", UUID.class),
                row.getInt("ordinal"),
                row.getString("resource_type"),
                finding == null ? null : Finding.of(finding),
                row.getString("reason"),
                row.getString("state"),
                row.getString("content"),
                row.getInt("turn"),
                row.getString("fhir_id"),
                row.getLong("version_before"),
                row.getLong("version_after"),
                row.getString("provenance_id"));
    }
}
