package org.holovitals.server.base;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of which the reader may see a part: it is full, whatever is left out of it.
 *
 * @param next behind which the next page begins; null on the last
 */
public record FullPage<T>(List<T> items, @Nullable UUID next) {
    /** Gives rows by falling ids. */
    @FunctionalInterface
    public interface Rows<R> {
        /** At most so many of those behind an id. */
        List<R> behind(UUID after, int limit);
    }

    /**
     * As many rows as there are, up to a count.
     *
     * @param after behind which the page begins; null for the first
     * @param id of a row
     * @param shown of some rows those that the reader may see, in their order
     */
    public static <R> FullPage<R> of(
            @Nullable UUID after, int count, Rows<R> rows, Function<R, UUID> id, Function<List<R>, List<R>> shown) {
        List<R> found = new ArrayList<>();
        List<R> batch = rows.behind(after == null ? Ids.GREATEST : after, count + 1);
        while (!batch.isEmpty() && found.size() <= count) {
            found.addAll(shown.apply(batch));
            batch = batch.size() <= count ? List.of() : rows.behind(id.apply(batch.get(batch.size() - 1)), count + 1);
        }
        return found.size() <= count
                ? new FullPage<>(found, null)
                : new FullPage<>(found.subList(0, count), id.apply(found.get(count - 1)));
    }

    /** The same page of what is made of its rows, all at once. */
    public <T2> FullPage<T2> map(Function<List<T>, List<T2>> made) {
        return new FullPage<>(made.apply(items), next);
    }
}
