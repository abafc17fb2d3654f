package org.holovitals.server.finder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
            "inherited",
            "fam",
            "fhx",
            "mum");

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
            "died",
            "fam",
            "fhx",
            "dz");

    /** Whoever is named alone is meant. */
    private static final Map<String, String> RELATIVES = Map.of(
            "mother", "mother",
            "mom", "mother",
            "mum", "mother",
            "father", "father",
            "dad", "father",
            "brother", "brother",
            "sister", "sister",
            "aunt", "aunt",
            "uncle", "uncle");

    private final RecordTables tables;

    FamilyIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        Set<String> named = RELATIVES.keySet().stream()
                .filter(question::has)
                .map(RELATIVES::get)
                .collect(Collectors.toSet());
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "family-history",
                        100,
                        List.of(Area.FAMILY),
                        UNDERSTOOD,
                        true,
                        patient -> tables.family().of(patient).stream()
                                .filter(entry ->
                                        named.isEmpty() || entry.searched().hasAny(named))
                                .toList(),
                        visible -> Plan.tellAll(question, visible),
                        "family history"))
                : Optional.empty();
    }
}
