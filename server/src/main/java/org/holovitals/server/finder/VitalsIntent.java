package org.holovitals.server.finder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last of each vital sign. */
final class VitalsIntent implements Intent {
    private static final Set<String> WORDS = Set.of("vital", "vitals", "vital sign", "vital signs", "measurement");

    private final RecordTables tables;

    VitalsIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "vital-signs",
                        66,
                        List.of(Area.VITALS),
                        WORDS,
                        false,
                        tables.measurements()::vitals,
                        VitalsIntent::lastOfEach,
                        "vital sign"))
                : Optional.empty();
    }

    private static List<Telling> lastOfEach(List<Entry> newestFirst) {
        Map<String, Telling> last = new LinkedHashMap<>();
        newestFirst.forEach(entry -> last.putIfAbsent(String.valueOf(entry.code()), entry.telling()));
        return List.copyOf(last.values());
    }
}
