package org.holovitals.server.consent;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, newest first.
 *
 * @param next what to give as {@code after} for the next page; null on the last
 */
record Page<T>(List<T> items, @Nullable UUID next) {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    /**
     * Which page.
     *
     * @param after the last row of the page before
     */
    record Wanted(UUID after, int count) {
        static Wanted of(@Nullable UUID after, @Nullable Integer count) {
            return new Wanted(
                    after == null ? Ids.GREATEST : after, count == null ? USUAL : Fields.number("count", count, MOST));
        }

        /** One more than the page holds tells whether there is another. */
        int limit() {
            return count + 1;
        }
    }

    /** The page of grants after a row, as a route was asked for it. */
    static <T> Page<T> ofGrants(
            @Nullable UUID after,
            @Nullable Integer count,
            Function<Wanted, List<ConsentGrant>> rows,
            Function<ConsentGrant, T> view) {
        Wanted wanted = Wanted.of(after, count);
        return of(rows.apply(wanted), wanted, ConsentGrant::id, view);
    }

    static <R, T> Page<T> of(List<R> rows, Wanted wanted, Function<R, UUID> id, Function<R, T> view) {
        boolean isLast = rows.size() <= wanted.count();
        List<R> shown = isLast ? rows : rows.subList(0, wanted.count());
        return new Page<>(shown.stream().map(view).toList(), isLast ? null : id.apply(shown.get(shown.size() - 1)));
    }
}
