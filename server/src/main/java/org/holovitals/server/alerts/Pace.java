package org.holovitals.server.alerts;

import java.time.Duration;
import java.time.Instant;

/** When a watch looks next, and how far back. */
final class Pace {
    /** A row gets its time before it is committed: what is late by this much is found by the next look. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** Once in so many looks, and in the first, it goes back this far: a large bundle takes minutes. */
    private static final int DEEP_EVERY = 30;

    private static final Duration DEEP_OVERLAP = Duration.ofMinutes(10);

    /** It rests for so many times as long as it worked, so that a busy log is not watched instead of written. */
    private static final int REST = 49;

    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private long looks;
    private Instant restsUntil = Instant.MIN;

    boolean isDue(Instant now) {
        return !now.isBefore(restsUntil);
    }

    Duration overlap() {
        return looks % DEEP_EVERY == 0 ? DEEP_OVERLAP : OVERLAP;
    }

    /** A look went well. */
    void worked(Instant began, Instant ended) {
        looks++;
        Duration rest = Duration.between(began, ended).multipliedBy(REST);
        restsUntil = ended.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
    }
}
