package org.holovitals.server.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accesses that need a review, with what a reviewer has to know of them. */
final class ReviewQueue {
    private final AuditRows rows;
    private final AuditReviews reviews;
    private final KnownConsents consents;

    ReviewQueue(AuditRows rows, AuditReviews reviews, KnownConsents consents) {
        this.rows = rows;
        this.reviews = reviews;
        this.consents = consents;
    }

    /**
     * An access.
     *
     * @param consents under which it was; a reason is what the clinician wrote when he broke the glass
     * @param review the last one; null while it is open
     */
    record ReviewItem(
            UUID auditLogId,
            Instant when,
            AuditRow.Actor who,
            String action,
            String resource,
            @Nullable String resourceId,
            List<String> patients,
            List<KnownConsents.Grant> consents,
            String outcome,
            String severity,
            AuditReviews.@Nullable Review review) {}

    Page<ReviewItem> page(boolean isDone, @Nullable Position after, int size) {
        Where where = new Where();
        if (after != null) {
            where.beyond(after, true);
        }
        List<AuditReviews.Reviewed> read = reviews.page(isDone, where, size + 1);
        List<AuditReviews.Reviewed> shown = read.subList(0, Math.min(size, read.size()));
        Map<UUID, KnownConsents.Grant> known =
                consents.of(shown.stream().map(AuditReviews.Reviewed::row).toList());
        return new Page<>(
                shown.stream()
                        .map(one -> item(one.row(), one.review().orElse(null), known))
                        .toList(),
                read.size() > size ? shown.get(size - 1).row().position() : null);
    }

    Optional<AuditRow> one(UUID id) {
        return rows.page(new Where().and("a.id = ?", id), true, 1).stream().findFirst();
    }

    UUID add(AuditRow row, UUID reviewer, String finding, @Nullable String notes, Instant now) {
        return reviews.add(row, reviewer, finding, notes, now);
    }

    private static ReviewItem item(
            AuditRow row, AuditReviews.@Nullable Review review, Map<UUID, KnownConsents.Grant> known) {
        return new ReviewItem(
                row.id(),
                row.timestamp(),
                row.who(),
                row.action(),
                row.resource(),
                row.resourceId(),
                row.patients(),
                KnownConsents.of(row, known),
                row.outcome(),
                row.severity(),
                review);
    }
}
