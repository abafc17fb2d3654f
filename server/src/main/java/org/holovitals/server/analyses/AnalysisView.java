package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as its user sees it; amounts in digits.
 *
 * @param percent how far it is
 * @param error why it ended without a result
 * @param dueAt when it ought to be done
 */
public record AnalysisView(
        UUID id,
        String type,
        String priority,
        String status,
        String patient,
        int percent,
        @Nullable String note,
        @Nullable String error,
        String model,
        int parts,
        @Nullable String estimatedCost,
        @Nullable String actualCost,
        String currency,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {

    static AnalysisView of(AnalysisTask task) {
        return new AnalysisView(
                task.id(),
                task.kind().text(),
                task.priority().text(),
                task.state().status().text(),
                task.owner().patient(),
                task.state().percent(),
                task.state().note(),
                task.state().error(),
                task.plan().model(),
                task.plan().parts(),
                digits(task.plan().cost()),
                digits(task.state().actualCost()),
                task.plan().currency(),
                task.state().createdAt(),
                task.state().dueAt(),
                task.state().startedAt(),
                task.state().completedAt());
    }

    private static @Nullable String digits(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
