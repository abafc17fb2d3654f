package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was done. */
final class ProcedureIntent implements Intent {
    private static final Set<String> WORDS =
            Set.of("procedure", "surgery", "surgeries", "surgical", "operation", "operated", "intervention");

    private static final Set<String> UNDERSTOOD = Set.of(
            "procedure", "surgery", "operation", "operated", "intervention", "undergo", "undergone", "performed");

    private final RecordTables tables;

    ProcedureIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "procedures",
                        70,
                        List.of(Area.PROCEDURES),
                        UNDERSTOOD,
                        true,
                        tables.procedures()::of,
                        visible -> Plan.tellAll(question, visible),
                        "procedure"))
                : Optional.empty();
    }
}
