package org.holovitals.server.importing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code import_journal}: one row for each imported source, and for a source that is imported in parts one
 * row for each part until it is whole. A row commits with the resources that it stands for.
 */
final class Journal {
    private final JdbcClient jdbc;
    private final Ids ids;

    Journal(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** Whether a source is imported whole. */
    boolean isImported(String sha256) {
        return jdbc.sql("select count(*) from holovitals.import_journal where sha256 = ? and part_of is null")
                        .param(sha256)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The entries of a source that earlier runs imported. */
    BitSet importedEntries(String sha256) {
        BitSet imported = new BitSet();
        jdbc.sql("select jsonb_array_elements(entries)::integer from holovitals.import_journal where part_of = ?")
                .param(sha256)
                .query(Integer.class)
                .list()
                .forEach(imported::set);
        return imported;
    }

    void forget(String sha256) {
        jdbc.sql("delete from holovitals.import_journal where sha256 = :sha256 or part_of = :sha256")
                .param("sha256", sha256)
                .update();
    }

    /** Writes down entries in the caller's transaction; false when they stood there already, and so are stored. */
    boolean record(Collection<Stored> entries) {
        Map<PlannedSource, List<Stored>> bySource = entries.stream()
                .collect(Collectors.groupingBy(stored -> stored.entry().of(), LinkedHashMap::new, Collectors.toList()));
        long written = bySource.entrySet().stream()
                .filter(source -> record(source.getKey(), source.getValue()))
                .count();
        if (written != 0 && written != bySource.size()) {
            throw new IllegalStateException("Some of the sources are stored already and others are not");
        }
        return written != 0;
    }

    private boolean record(PlannedSource source, List<Stored> entries) {
        long resources = entries.stream().mapToLong(Stored::resources).sum();
        if (!source.scan().isDivisible()) {
            return insert(source.scan().sha256(), source, null, null, resources);
        }
        String indexes = entries.stream()
                .map(stored -> stored.entry().index())
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(",", "[", "]"));
        String whole = source.scan().sha256();
        return insert(hashOfPart(whole, indexes), source, whole, indexes, resources);
    }

    private boolean insert(
            String sha256, PlannedSource source, @Nullable String partOf, @Nullable String entries, long resources) {
        return jdbc.sql("""
                                insert into holovitals.import_journal (id, sha256, name, part_of, entries, resources)
                                values (?, ?, ?, ?, ?::jsonb, ?)
                                on conflict do nothing
                                """)
                        .params(Arrays.asList(
                                ids.next(), sha256, source.source().name(), partOf, entries, resources))
                        .update()
                == 1;
    }

    /** Puts one row for the whole source in place of its parts. */
    void complete(PlannedSource source) {
        String sha256 = source.scan().sha256();
        jdbc.sql("""
                        with parts as (delete from holovitals.import_journal where part_of = :sha256 returning resources)
                        insert into holovitals.import_journal (id, sha256, name, resources)
                        select :id, :sha256, :name, coalesce(sum(resources), 0) from parts
                        on conflict do nothing
                        """)
                .param("id", ids.next())
                .param("sha256", sha256)
                .param("name", source.source().name())
                .update();
    }

    private static String hashOfPart(String sha256, String indexes) {
        byte[] name = (sha256 + indexes).getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(Sha256.digest().digest(name));
    }

    /** An entry with the number of resources in it. */
    record Stored(Entry entry, long resources) {}
}
