package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Results that the laboratory flagged, or that are out of the range that it gave with them. Nothing else is judged. */
final class OutOfRangeIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "abnormal",
            "out of range",
            "out of whack",
            "out of the ordinary",
            "outside the range",
            "outside the normal range",
            "outside of the range",
            "outside normal range",
            "flagged",
            "out of the normal range",
            "out of normal range",
            "too high",
            "too low",
            "elevated",
            "not normal",
            "unusual result",
            "reference range");

    private final RecordTables tables;

    OutOfRangeIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "out-of-range",
                        75,
                        List.of(Area.RESULTS),
                        WORDS,
                        false,
                        tables.measurements()::outOfRange,
                        visible -> Plan.tellAll(question, visible),
                        "result flagged by the laboratory or out of a range given with it"))
                : Optional.empty();
    }
}
