package org.holovitals.server.reading;

import java.time.OffsetDateTime;
import java.util.List;
import org.holovitals.server.stored.StoredResource;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a search found.
 *
 * @param companions what comes with them
 * @param next where the next page begins; null when there is none
 */
record Page(
        List<StoredResource> resources,
        List<StoredResource> companions,
        Bounds bounds,
        @Nullable Position next) {
    /**
     * What stands fast from the first page on.
     *
     * @param total how many resources there were
     * @param last the key of the last stored one of them; later ones are on no page
     */
    record Bounds(long total, long last) {
        static final Bounds NONE = new Bounds(0, 0);
    }

    /**
     * Behind which resource a page begins.
     *
     * @param key what the search is sorted by; null for a resource without, and in the order of storing
     * @param id the key of the resource
     */
    record Position(@Nullable OffsetDateTime key, long id) {}
}
