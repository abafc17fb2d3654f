package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What relatives suffered from. */
final class FamilyIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "family history",
            "family",
            "relative",
            "mother",
            "father",
            "parent",
            "mom",
            "dad",
            "brother",
            "sister",
            "sibling",
            "grandmother",
            "grandfather",
            "grandparent",
            "aunt",
            "uncle",
            "runs in",
            "hereditary",
            "inherited");

    /** The others say which relative is meant. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "family history",
            "family",
            "relative",
            "parent",
            "sibling",
            "grandparent",
            "runs",
            "hereditary",
            "inherited",
            "member",
            "anyone",
            "anybody",
            "someone",
            "somebody",
            "side",
            "run",
            "suffer",
            "condition",
            "disease",
            "problem",
            "illness",
            "diagnosed",
            "die",
            "died");

    private final RecordTables tables;

    FamilyIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "family-history",
                        100,
                        List.of(Area.FAMILY),
                        UNDERSTOOD,
                        true,
                        tables.family()::of,
                        visible -> Plan.tellAll(question, visible),
                        "family history"))
                : Optional.empty();
    }
}
