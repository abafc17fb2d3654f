package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which vaccines were given. */
final class ImmunizationIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "vaccine",
            "vaccination",
            "vaccinated",
            "vaccinations",
            "immunization",
            "immunisation",
            "immunized",
            "immunised",
            "shot",
            "jab",
            "booster",
            "inoculation",
            "inoculated");

    private static final Set<String> UNDERSTOOD = Set.of(
            "vaccine",
            "vaccination",
            "vaccinated",
            "immunization",
            "immunisation",
            "immunized",
            "immunised",
            "shot",
            "jab",
            "booster",
            "inoculation",
            "inoculated",
            "dose",
            "receive",
            "received",
            "status");

    private final RecordTables tables;

    ImmunizationIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "immunizations",
                        92,
                        List.of(Area.IMMUNIZATIONS),
                        UNDERSTOOD,
                        true,
                        tables.immunizations()::of,
                        visible -> Plan.tellAll(question, visible),
                        "immunization"))
                : Optional.empty();
    }
}
