package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code analysis_queue}.
 *
 * @param prompt sealed
 * @param acceptance who was accepted, as JSON
 * @param documents that it reads and nothing else; none where it reads the record
 * @param result sealed; null until it is completed
 */
record AnalysisTask(
        UUID id,
        Owner owner,
        Kind kind,
        Priority priority,
        String prompt,
        Plan plan,
        State state,
        String acceptance,
        List<UUID> documents,
        @Nullable String idempotencyKey,
        @Nullable String result) {

    /**
     * Whose it is.
     *
     * @param user who asked, by the row in users
     * @param patientRow whose record, by the row in patients
     * @param patient the same by the FHIR id
     */
    record Owner(UUID user, UUID patientRow, String patient) {}

    /**
     * What it was said to come to.
     *
     * @param window tokens of a part at the most
     * @param cost null where the model has no price
     * @param reservation what is kept for it; null where nothing is
     */
    record Plan(
            String provider,
            String model,
            long tokens,
            long window,
            int parts,
            @Nullable BigDecimal cost,
            String currency,
            @Nullable UUID reservation) {}

    /**
     * How far it is.
     *
     * @param lease the fencing token of whoever has it
     * @param turn its place among the tasks of its priority
     * @param error why it ended without a result
     */
    record State(
            Status status,
            int attempts,
            int mostAttempts,
            long lease,
            long turn,
            int percent,
            @Nullable String note,
            @Nullable String error,
            @Nullable BigDecimal actualCost,
            Instant createdAt,
            Instant dueAt,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt) {}
}
