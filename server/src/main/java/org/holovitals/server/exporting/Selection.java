package org.holovitals.server.exporting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the stored resources are taken out.
 *
 * @param types the resource types; all when empty
 * @param except types that are left out in any case
 * @param since only resources that changed at or after this, and those deleted since; null for all
 * @param until only resources that have not changed after this; null for all
 * @param among by type, the rows of HAPI's resource table that are wanted; of a type without an entry all are
 */
public record Selection(
        Set<String> types,
        Set<String> except,
        Reach reach,
        @Nullable Instant since,
        @Nullable Instant until,
        Map<String, List<Long>> among) {

    /** Everything within a reach. */
    public static Selection of(Reach reach, Set<String> types, @Nullable Instant since) {
        return new Selection(types, Set.of(), reach, since, null, Map.of());
    }

    boolean wants(String type) {
        return (types.isEmpty() || types.contains(type)) && !except.contains(type);
    }

    boolean wants(Instant changed) {
        return (since == null || !changed.isBefore(since)) && (until == null || !changed.isAfter(until));
    }
}
