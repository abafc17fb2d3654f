package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody takes or took. */
final class MedicationIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "medication",
            "medications",
            "medicine",
            "medicines",
            "med",
            "meds",
            "rx",
            "drug",
            "pill",
            "tablet",
            "prescription",
            "prescribed",
            "prescribe",
            "do i take",
            "i take",
            "taking",
            "i am on",
            "am i on",
            "was i on",
            "been on",
            "take for");

    /** Of other things as well, so every other rule goes before. */
    private static final Set<String> VERBS = Set.of("take", "took", "taken");

    private static final Set<String> OWN = Set.of(
            "medication",
            "medicine",
            "med",
            "rx",
            "drug",
            "pill",
            "tablet",
            "prescription",
            "prescribed",
            "prescribe",
            "taking",
            "active",
            "stopped",
            "stop",
            "discontinued",
            "completed",
            "start",
            "started",
            "doctor",
            "dose",
            "dosage",
            "daily",
            "regular",
            "regularly",
            "home",
            "status",
            "ordered",
            "order",
            "oral");

    private static final Set<String> PAST = Set.of(
            "past",
            "previous",
            "previously",
            "former",
            "formerly",
            "stopped",
            "discontinued",
            "used to",
            "no longer",
            "old",
            "completed",
            "was i on",
            "did i take",
            "did i use");
    private static final Set<String> ANY = Set.of(
            "ever",
            "all",
            "history",
            "when",
            "first",
            "last",
            "prescribed",
            "been",
            "since",
            "before",
            "after",
            "during");

    private static final List<String> CURRENT_STATUS = List.of("active", "on-hold", "intended");
    private static final List<String> PAST_STATUS = List.of("stopped", "completed", "cancelled", "not-taken");
    private static final List<String> ANY_STATUS = List.of(
            "active", "on-hold", "intended", "stopped", "completed", "cancelled", "not-taken", "unknown", "draft");

    private final RecordTables tables;

    MedicationIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        boolean isPlain = question.hasAny(WORDS);
        if (!isPlain && !question.hasAny(VERBS)) {
            return Optional.empty();
        }
        Kind kind = Kind.of(question);
        return Optional.of(new Plan(
                "medications",
                isPlain ? 90 : 62,
                List.of(Area.MEDICATIONS),
                OWN,
                true,
                patient -> tables.medications().of(patient, kind.statuses()),
                visible -> Plan.tellAll(question, visible),
                kind.words));
    }

    /** Of which time. */
    private enum Kind {
        CURRENT("current medication"),
        PAST("past medication"),
        ANY("medication");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        private List<String> statuses() {
            return switch (this) {
                case CURRENT -> CURRENT_STATUS;
                case PAST -> PAST_STATUS;
                case ANY -> ANY_STATUS;
            };
        }

        static Kind of(Words question) {
            if (question.hasAny(Set.of("current", "currently", "now", "active", "still"))) {
                return CURRENT;
            } else if (question.hasAny(MedicationIntent.PAST)) {
                return PAST;
            }
            return question.hasAny(MedicationIntent.ANY) || Years.of(question).isPresent() ? ANY : CURRENT;
        }
    }
}
