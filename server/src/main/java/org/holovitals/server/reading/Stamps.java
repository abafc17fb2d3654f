package org.holovitals.server.reading;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.holovitals.server.base.Ids;

/** What each bundle has of its own. */
final class Stamps {
    private final Ids ids;
    private final Clock clock;

    Stamps(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** The id of a bundle, and when it was made. */
    record Stamp(UUID id, Instant at) {}

    Stamp next() {
        return new Stamp(ids.next(), clock.instant());
    }
}
