package org.holovitals.server.stored;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a resource as HAPI keeps it.
 *
 * @param source {@code meta.source}
 * @param json the resource without its id and without what of its meta stands in columns
 */
public record StoredResource(
        String type,
        String id,
        long version,
        Instant lastUpdated,
        @Nullable String source,
        String json) {}
