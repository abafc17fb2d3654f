package org.holovitals.server.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code audit_reviews}, to which rows are only added: of several reviews of an access the last one counts. */
final class AuditReviews {
    private final JdbcClient jdbc;
    private final Ids ids;

    AuditReviews(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * What somebody held of an access.
     *
     * @param finding {@code appropriate}, {@code inappropriate} or {@code unclear}
     * @param by the name of the reviewer, or the row in users
     */
    record Review(UUID id, String finding, @Nullable String notes, String by, Instant at) {}

    /** An access that needs a review, with the last one. */
    record Reviewed(AuditRow row, Optional<Review> review) {}

    /**
     * Accesses that need a review, the newest first.
     *
     * @param isDone whether they have one
     */
    List<Reviewed> page(boolean isDone, Where where, int limit) {
        return jdbc.sql("""
                        select a.*, host(a.ip_address) as address, u.display_name, u.fhir_user, r.id as review_id, r.finding,
                          r.review_notes, r.reviewed_at, coalesce(b.display_name, b.id::text) as reviewer
                        from holovitals.audit_logs a
                        left join holovitals.users u on u.id = a.user_id
                        left join lateral (
                          select * from holovitals.audit_reviews r
                          where r.audit_log_id = a.id and r.audit_log_timestamp = a.timestamp
                          order by r.reviewed_at desc, r.id desc limit 1) r on true
                        left join holovitals.users b on b.id = r.reviewed_by
                        where a.requires_review and (r.id is not null) = ? and %s
                        order by a.timestamp desc, a.seq desc limit ?
                        """.formatted(where.sql()))
                .param(isDone)
                .params(where.parameters())
                .param(limit)
                .query((row, number) -> reviewed(row))
                .list();
    }

    /** Adds a review of a row and returns its id. */
    UUID add(AuditRow row, UUID reviewer, String finding, @Nullable String notes, Instant now) {
        UUID id = ids.next();
        jdbc.sql("""
                        insert into holovitals.audit_reviews
                          (id, audit_log_id, audit_log_timestamp, reviewed_by, reviewed_at, finding, review_notes)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        id,
                        row.id(),
                        row.timestamp().atOffset(ZoneOffset.UTC),
                        reviewer,
                        now.atOffset(ZoneOffset.UTC),
                        finding,
                        notes)
                .update();
        return id;
    }

    private static Reviewed reviewed(ResultSet row) throws SQLException {
        UUID id = row.getObject("review_id", UUID.class);
        return new Reviewed(
                AuditRows.read(row),
                id == null
                        ? Optional.empty()
                        : Optional.of(new Review(
                                id,
                                row.getString("finding"),
                                row.getString("review_notes"),
                                row.getString("reviewer"),
                                row.getObject("reviewed_at", OffsetDateTime.class)
                                        .toInstant())));
    }
}
