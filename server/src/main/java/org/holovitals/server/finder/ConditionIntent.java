package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Diagnoses and problems. */
final class ConditionIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "condition",
            "diagnosis",
            "diagnoses",
            "diagnosed",
            "problem",
            "problem list",
            "disease",
            "illness",
            "disorder",
            "do i have",
            "did i have",
            "have i had",
            "have i ever had",
            "had i",
            "suffer",
            "suffered",
            "health issue",
            "comorbidity",
            "ailment",
            "told i have",
            "told i had",
            "hx",
            "pmh",
            "medical history");

    private static final Set<String> OWN = Set.of(
            "condition",
            "diagnosis",
            "diagnoses",
            "diagnosed",
            "problem",
            "disease",
            "illness",
            "disorder",
            "suffer",
            "suffered",
            "issue",
            "comorbidity",
            "ailment",
            "active",
            "resolved",
            "inactive",
            "ongoing",
            "chronic conditions",
            "cured",
            "over",
            "open",
            "status",
            "remission",
            "told",
            "pmh");

    /** A condition may be named by what is measured. */
    private static final Set<String> NAMED = Set.of(
            "diagnosed",
            "diagnosis",
            "diagnoses",
            "do i have high",
            "do i have low",
            "have i high",
            "suffer from high",
            "suffer from low",
            "do i have diabetes",
            "told i have",
            "told i had");

    private static final Set<String> RESOLVED = Set.of(
            "resolved",
            "past",
            "previous",
            "former",
            "inactive",
            "cured",
            "over",
            "did i have",
            "no longer",
            "used to");
    private static final Set<String> ACTIVE =
            Set.of("active", "current", "currently", "ongoing", "now", "still", "open");

    private static final List<String> ACTIVE_STATUS = List.of("active", "recurrence", "relapse");
    private static final List<String> RESOLVED_STATUS = List.of("inactive", "remission", "resolved");
    private static final List<String> ANY_STATUS =
            List.of("active", "recurrence", "relapse", "inactive", "remission", "resolved", "unknown");

    private final RecordTables tables;

    ConditionIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        if (!question.hasAny(WORDS)) {
            return Optional.empty();
        }
        boolean isActive = question.hasAny(ACTIVE);
        boolean isResolved = !isActive && question.hasAny(RESOLVED);
        List<String> statuses = isActive ? ACTIVE_STATUS : isResolved ? RESOLVED_STATUS : ANY_STATUS;
        return Optional.of(new Plan(
                "conditions",
                question.hasAny(NAMED) ? 85 : 50,
                List.of(Area.CONDITIONS),
                OWN,
                true,
                patient -> tables.diagnoses().of(patient, statuses),
                visible -> Plan.tellAll(question, visible),
                isActive ? "active condition" : isResolved ? "resolved condition" : "condition"));
    }
}
