package org.holovitals.server.vault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of all {@link SealedColumn}s that are under former keys: their envelopes name the key at their beginning. */
final class SealedRows {
    /** Of the key in its first 17 bytes as base64 has them, without the last sign, which also depends on what follows. */
    private static final String BEGINNING = "left(encode('\\x01'::bytea || uuid_send(k.id), 'base64'), 22)";

    private static final String FORMER = "k.retired_at is not null and k.shredded_at is null";

    private final JdbcClient jdbc;

    SealedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What stands in a row, in base64. */
    record Sealed(UUID row, String envelope) {}

    /** Some that are under former keys, in the order of their ids. */
    List<Sealed> underFormerKeys(SealedColumn column, UUID after, int limit) {
        return jdbc.sql("""
                        select id, %s as sealed from holovitals.%s
                        where id > :after and left(%s, 22) in (select %s from holovitals.data_keys k where %s)
                        order by id limit :limit
                        """.formatted(column.read(), column.table(), column.read(), BEGINNING, FORMER))
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Sealed(row.getObject("id", UUID.class), row.getString("sealed")))
                .list();
    }

    /** From one envelope to another; false when somebody wrote something else there meanwhile. */
    boolean replace(SealedColumn column, Sealed from, String to) {
        return jdbc.sql("""
                        update holovitals.%s set %s = %s where id = :row and %s = :from
                        """.formatted(column.table(), column.column(), column.write(), column.read()))
                        .param("row", from.row())
                        .param("sealed", to)
                        .param("from", from.envelope())
                        .update()
                == 1;
    }

    /** How many values are under each former key that has any. */
    Map<UUID, Long> counts() {
        Map<UUID, Long> counts = new HashMap<>();
        SealedColumn.all().forEach(column -> jdbc.sql("""
                        select k.id, count(*) as count from holovitals.data_keys k
                        join (select %s as sealed from holovitals.%s) t on left(t.sealed, 22) = %s
                        where %s group by k.id
                        """.formatted(column.read(), column.table(), BEGINNING, FORMER))
                .query(row -> {
                    counts.merge(row.getObject("id", UUID.class), row.getLong("count"), Long::sum);
                }));
        return counts;
    }
}
