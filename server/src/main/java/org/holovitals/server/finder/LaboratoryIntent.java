package org.holovitals.server.finder;

import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of the last day on which the laboratory gave any. */
final class LaboratoryIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "lab",
            "labs",
            "laboratory",
            "lab result",
            "test result",
            "blood test",
            "blood work",
            "bloodwork",
            "result",
            "urine test",
            "lab test");

    /** What else is asked for is looked for among the results. */
    private static final Set<String> UNDERSTOOD = Stream.concat(
                    WORDS.stream(),
                    Stream.of("come", "came", "back", "panel", "available", "ready", "blood", "draw", "drawn"))
            .collect(Collectors.toUnmodifiableSet());

    private final RecordTables tables;

    LaboratoryIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "laboratory",
                        65,
                        List.of(Area.RESULTS),
                        UNDERSTOOD,
                        true,
                        tables.measurements()::laboratory,
                        LaboratoryIntent::ofLastDay,
                        "laboratory result"))
                : Optional.empty();
    }

    private static List<Telling> ofLastDay(List<Entry> newestFirst) {
        return newestFirst.stream()
                .filter(entry -> day(entry).equals(day(newestFirst.get(0))))
                .map(Entry::telling)
                .toList();
    }

    private static String day(Entry entry) {
        return entry.when() == null
                ? ""
                : entry.when()
                        .atOffset(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.DAYS)
                        .toString();
    }
}
