package org.holovitals.server.consent;

import static org.holovitals.server.consent.ConsentGrants.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.consent.ConsentGrant.Answers;
import org.holovitals.server.consent.ConsentGrant.Grantee;
import org.holovitals.server.consent.ConsentGrant.Terms;
import org.holovitals.server.consent.ConsentGrant.Times;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code consent_grants}: how its rows are read, with who receives each and whose record it is of. */
final class GrantList {
    /** What is past its end, or was not answered in time, is expired before somebody has written it down. */
    private static final String GRANTS = """
            select * from (
              select g.*, coalesce(k.user_id, g.patient_id) as owner, u.email, u.display_name, u.fhir_user,
                case when g.status = 'approved' and g.expires_at <= :now then 'expired'
                  when g.status = 'requested' and g.created_at <= :unanswered then 'expired'
                  else g.status end as state
              from holovitals.consent_grants g
              join holovitals.users u on u.id = g.specialist_id
              left join holovitals.patient_keys k on k.fhir_id = g.patient_fhir_id
              where %s
            ) grants
            """;

    private static final String OF_USER = """
            (g.specialist_id = :user or g.patient_id = :user or (g.kind <> 'proxy' and g.patient_fhir_id = any (:standsFor))
              or g.patient_fhir_id = any (array (select fhir_id from holovitals.patient_keys where user_id = :user)))
              and g.id < :after and (:patient::text is null or g.patient_fhir_id = :patient)
            """;

    private static final String NEWEST_FIRST = " order by id desc limit :limit";

    private final JdbcClient jdbc;
    private final Clock clock;

    GrantList(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<ConsentGrant> get(UUID id) {
        return select("g.id = :id", "").param("id", id).query(GrantList::grant).optional();
    }

    /** The grant that a FHIR Consent says. */
    Optional<ConsentGrant> ofConsent(String fhirId) {
        return select("g.fhir_id = :fhirId", "")
                .param("fhirId", fhirId)
                .query(GrantList::grant)
                .optional();
    }

    /**
     * What a user gave and received, and what was given for those for whom the user decides.
     *
     * @param patient FHIR id of the only patient to list; null for all
     */
    List<ConsentGrant> ofUser(Decider user, @Nullable Status status, @Nullable String patient, Page.Wanted page) {
        return select(OF_USER, "where :status::text is null or state = :status" + NEWEST_FIRST)
                .param("user", user.user())
                .param("standsFor", user.standsFor().toArray(String[]::new))
                .param("patient", patient)
                .param("status", status == null ? null : status.text())
                .param("after", page.after())
                .param("limit", page.limit())
                .query(GrantList::grant)
                .list();
    }

    /** Every grant that a clinician took in an emergency. */
    List<ConsentGrant> emergencies(Page.Wanted page) {
        return select("g.kind = 'break-glass' and g.id < :after", NEWEST_FIRST)
                .param("after", page.after())
                .param("limit", page.limit())
                .query(GrantList::grant)
                .list();
    }

    /** What is asked for by proxies for records that nobody has claimed. */
    List<ConsentGrant> unclaimed(Page.Wanted page) {
        return select("""
                        g.kind = 'proxy' and g.status = 'requested' and g.created_at > :unanswered and g.id < :after
                          and g.patient_id is null and k.user_id is null
                        """, NEWEST_FIRST)
                .param("after", page.after())
                .param("limit", page.limit())
                .query(GrantList::grant)
                .list();
    }

    /** The grant that a clinician took and that still lasts. */
    Optional<ConsentGrant> emergency(String patient, UUID clinician) {
        return select("""
                        g.kind = 'break-glass' and g.status = 'approved' and g.expires_at > :now
                          and g.patient_fhir_id = :patient and g.specialist_id = :clinician
                        """, " order by id desc limit 1")
                .param("patient", patient)
                .param("clinician", clinician)
                .query(GrantList::grant)
                .optional();
    }

    /** Whether a request of this kind waits for its answer. */
    boolean isAskedFor(Kind kind, String patient, UUID grantee) {
        return select("""
                        g.kind = :kind and g.status = 'requested' and g.created_at > :unanswered
                          and g.patient_fhir_id = :patient and g.specialist_id = :grantee
                        """, " limit 1")
                .param("kind", kind.text())
                .param("patient", patient)
                .param("grantee", grantee)
                .query(GrantList::grant)
                .optional()
                .isPresent();
    }

    private StatementSpec select(String where, String tail) {
        Instant now = clock.instant();
        return jdbc.sql(GRANTS.formatted(where) + tail)
                .param("now", at(now))
                .param("unanswered", at(ConsentGrants.unanswered(now)));
    }

    private static ConsentGrant grant(ResultSet row, int number) throws SQLException {
        return new ConsentGrant(
                row.getObject("id", UUID.class),
                Kind.of(row.getString("kind")),
                Status.of(row.getString("state")),
                row.getString("patient_fhir_id"),
                row.getObject("owner", UUID.class),
                new Grantee(
                        row.getObject("specialist_id", UUID.class),
                        row.getString("email"),
                        row.getString("display_name"),
                        row.getString("fhir_user")),
                new Terms(
                        Permissions.ofJson(row.getString("permissions")),
                        Restrictions.ofJson(row.getString("restrictions")),
                        row.getObject("requested_duration", Integer.class)),
                row.getString("reason"),
                Urgency.of(row.getString("urgency")),
                new Times(
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "granted_at"),
                        instant(row, "expires_at"),
                        instant(row, "revoked_at")),
                new Answers(
                        row.getString("denial_reason"),
                        row.getString("revocation_reason"),
                        row.getObject("decided_by", UUID.class)),
                row.getString("fhir_id"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
