package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whose record it is. */
final class PersonIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "date of birth",
            "birth date",
            "birthdate",
            "birthday",
            "was i born",
            "my name",
            "how old am i",
            "my age",
            "whose record",
            "my gender",
            "my sex");

    private final RecordTables tables;

    PersonIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "person",
                        85,
                        List.of(Area.PERSON),
                        WORDS,
                        false,
                        tables.patients()::of,
                        visible -> visible.stream().map(Entry::telling).toList(),
                        "name or date of birth"))
                : Optional.empty();
    }
}
