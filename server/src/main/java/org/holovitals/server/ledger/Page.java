package org.holovitals.server.ledger;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of the log.
 *
 * @param next where the next page begins, behind it; null on the last one
 */
record Page<T>(List<T> items, @Nullable Position next) {

    /** Of rows that were read with one more than fit. */
    static Page<AuditRow> of(List<AuditRow> read, int size) {
        return read.size() <= size
                ? new Page<>(read, null)
                : new Page<>(
                        List.copyOf(read.subList(0, size)), read.get(size - 1).position());
    }

    <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), next);
    }
}
