package org.holovitals.server.finder;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the record that may be told.
 *
 * @param when what it is ordered by; null where no time is known
 * @param searched the texts in which words are looked for
 * @param code by which equal things are told together, such as of what was measured
 * @param number of a measured value
 */
record Entry(
        Source source,
        @Nullable Instant when,
        Words searched,
        @Nullable String code,
        @Nullable BigDecimal number,
        Telling telling) {

    static Entry of(Source source, @Nullable Instant when, List<@Nullable String> texts, Telling telling) {
        return new Entry(source, when, Words.ofAll(texts), null, null, telling);
    }
}
