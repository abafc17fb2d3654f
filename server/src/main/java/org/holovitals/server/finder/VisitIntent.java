package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Visits and stays. */
final class VisitIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "visit",
            "visits",
            "visited",
            "appointment",
            "encounter",
            "hospital",
            "hospitalized",
            "hospitalised",
            "hospitalization",
            "admitted",
            "admission",
            "checkup",
            "check-up",
            "check up",
            "physical exam",
            "emergency room",
            "seen by",
            "see a doctor",
            "see my doctor",
            "see the doctor");

    /** These say which visits are meant. */
    private static final Set<String> UNDERSTOOD =
            Set.of("visit", "visited", "appointment", "encounter", "seen", "see", "doctor", "clinic", "exam");

    private final RecordTables tables;

    VisitIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "visits",
                        60,
                        List.of(Area.VISITS),
                        UNDERSTOOD,
                        true,
                        patient -> tables.others().of(patient, List.of("Encounter")),
                        visible -> Plan.tellAll(question, visible),
                        "visit"))
                : Optional.empty();
    }
}
