package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody does not tolerate. */
final class AllergyIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "allergy",
            "allergies",
            "allergic",
            "allergen",
            "intolerance",
            "intolerant",
            "intolerances",
            "hypersensitivity",
            "react to",
            "reaction to",
            "nkda",
            "nka");

    private static final Set<String> UNDERSTOOD = Set.of(
            "allergy",
            "allergic",
            "allergen",
            "intolerance",
            "intolerant",
            "hypersensitivity",
            "react",
            "reaction",
            "active",
            "known",
            "nkda",
            "nka",
            "substance",
            "severe",
            "suffer",
            "kind");

    private final RecordTables tables;

    AllergyIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "allergies",
                        95,
                        List.of(Area.ALLERGIES),
                        UNDERSTOOD,
                        true,
                        tables.allergies()::of,
                        visible -> Plan.tellAll(question, visible),
                        "allergy"))
                : Optional.empty();
    }
}
