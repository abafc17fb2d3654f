package org.holovitals.server.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.consent.ConsentGrant.Terms;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code consent_grants}: how its rows change. Each change names the state that it leaves and tells whether it
 * happened, so of two at once one wins.
 */
final class ConsentGrants {
    /** A request that is older is not answered any more. */
    static final Duration ANSWERED_WITHIN = Duration.ofDays(7);

    /** How long before its end a grant is warned of. */
    static final Duration WARNED_BEFORE = Duration.ofHours(2);

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    ConsentGrants(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** The time as exact as it is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Adds a grant that is asked for, or in force where the draft says when it was given.
     *
     * @param fhirId the Consent that it was read from; null where one is to be made, under the id of the row
     */
    UUID add(Draft draft, @Nullable String fhirId) {
        UUID id = ids.next();
        jdbc.sql("""
                        insert into holovitals.consent_grants (id, kind, patient_fhir_id, patient_id, specialist_id,
                          permissions, restrictions, reason, requested_duration, urgency, status, granted_at, expires_at,
                          fhir_id, created_at, updated_at)
                        values (:id, :kind, :patient, :owner, :grantee, :permissions::jsonb, :restrictions::jsonb, :reason,
                          :hours, :urgency, :status, :granted, :expires, :fhirId, :now, :now)
                        """)
                .param("id", id)
                .param("kind", draft.kind().text())
                .param("patient", draft.patient())
                .param("owner", draft.owner())
                .param("grantee", draft.grantee())
                .param("permissions", Permissions.json(draft.terms().permissions()))
                .param("restrictions", draft.terms().restrictions().json())
                .param("reason", draft.reason())
                .param("hours", draft.terms().hours())
                .param("urgency", draft.urgency().text())
                .param("status", (draft.granted() == null ? Status.REQUESTED : Status.APPROVED).text())
                .param("granted", atOrNull(draft.granted()))
                .param("expires", atOrNull(draft.expires()))
                .param("fhirId", fhirId == null ? id.toString() : fhirId)
                .param("now", at(now()))
                .update();
        return id;
    }

    /** Makes others who add a grant for the same user wait until the transaction ends. */
    void queue(UUID grantee) {
        jdbc.sql("select id from holovitals.users where id = ? for no key update")
                .param(grantee)
                .query(UUID.class)
                .single();
    }

    /** Says yes to a request that can still be answered. */
    boolean approve(UUID id, Terms terms, Instant granted, @Nullable Instant expires, @Nullable UUID by) {
        return jdbc.sql("""
                        update holovitals.consent_grants set status = 'approved', permissions = :permissions::jsonb,
                          restrictions = :restrictions::jsonb, requested_duration = :hours, granted_at = :granted,
                          expires_at = :expires, decided_by = :by, updated_at = :now
                        where id = :id and status = 'requested' and created_at > :unanswered
                        """)
                        .param("permissions", Permissions.json(terms.permissions()))
                        .param("restrictions", terms.restrictions().json())
                        .param("hours", terms.hours())
                        .param("granted", at(granted))
                        .param("expires", atOrNull(expires))
                        .param("by", by)
                        .param("now", at(now()))
                        .param("id", id)
                        .param("unanswered", at(unanswered(now())))
                        .update()
                == 1;
    }

    /** Says no to a request that can still be answered. */
    boolean deny(UUID id, String reason, @Nullable UUID by) {
        return jdbc.sql("""
                        update holovitals.consent_grants set status = 'denied', denial_reason = :reason, decided_by = :by,
                          updated_at = :now
                        where id = :id and status = 'requested' and created_at > :unanswered
                        """)
                        .param("reason", reason)
                        .param("by", by)
                        .param("now", at(now()))
                        .param("id", id)
                        .param("unanswered", at(unanswered(now())))
                        .update()
                == 1;
    }

    /** Takes back a request that is not answered. */
    boolean withdraw(UUID id) {
        return jdbc.sql("""
                        update holovitals.consent_grants set status = 'revoked', revoked_at = :now, updated_at = :now
                        where id = :id and status = 'requested'
                        """).param("now", at(now())).param("id", id).update() == 1;
    }

    /** Ends a grant that is in force. */
    boolean revoke(UUID id, @Nullable String reason, @Nullable UUID by) {
        return jdbc.sql("""
                        update holovitals.consent_grants set status = 'revoked', revoked_at = :now,
                          revocation_reason = :reason, decided_by = :by, updated_at = :now
                        where id = :id and status = 'approved' and (expires_at is null or expires_at > :now)
                        """)
                        .param("now", at(now()))
                        .param("reason", reason)
                        .param("by", by)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Writes down that a grant is past its end. */
    boolean expire(UUID id) {
        return jdbc.sql("""
                        update holovitals.consent_grants set status = 'expired', updated_at = :now
                        where id = :id and status = 'approved' and expires_at <= :now
                        """).param("now", at(now())).param("id", id).update() == 1;
    }

    /** Writes down that a request was not answered in time. */
    boolean expireRequest(UUID id) {
        return jdbc.sql("""
                        update holovitals.consent_grants set status = 'expired', updated_at = :now
                        where id = :id and status = 'requested' and created_at <= :unanswered
                        """)
                        .param("now", at(now()))
                        .param("id", id)
                        .param("unanswered", at(unanswered(now())))
                        .update()
                == 1;
    }

    /** Marks a grant in force as warned of; false when it was already. */
    boolean warn(UUID id) {
        return jdbc.sql("""
                        update holovitals.consent_grants set expiration_warning_sent = true, updated_at = :now
                        where id = :id and status = 'approved' and not expiration_warning_sent and expires_at > :now
                        """).param("now", at(now())).param("id", id).update() == 1;
    }

    /** Lets go of a Consent that is to say something else. */
    void release(String fhirId) {
        jdbc.sql("update holovitals.consent_grants set fhir_id = null, updated_at = ? where fhir_id = ?")
                .params(at(now()), fhirId)
                .update();
    }

    /** The users whom a patient's consent in force lets decide for her. */
    List<UUID> deciding(String patient) {
        return jdbc.sql("""
                        select distinct specialist_id from holovitals.consent_grants
                        where kind = 'proxy' and status = 'approved' and (expires_at is null or expires_at > ?)
                          and patient_fhir_id = ? and permissions @> cast(? as jsonb)
                          and restrictions->'viewOnly' is distinct from 'true'
                        """)
                .params(at(now()), patient, Permissions.json(Set.of(Deciders.DECIDES)))
                .query(UUID.class)
                .list();
    }

    /** Some of the grants that are past their end. */
    List<UUID> pastTheirEnd() {
        return jdbc.sql("""
                        select id from holovitals.consent_grants where status = 'approved' and expires_at <= ?
                        order by expires_at limit ?
                        """).params(at(now()), BATCH).query(UUID.class).list();
    }

    /** Some of the requests that nobody answered in time. */
    List<UUID> unanswered() {
        return jdbc.sql("""
                        select id from holovitals.consent_grants where status = 'requested' and created_at <= ?
                        order by created_at limit ?
                        """)
                .params(at(unanswered(now())), BATCH)
                .query(UUID.class)
                .list();
    }

    /** Some of the grants that end soon and were not warned of. One that was as short as the warning is early needs none. */
    List<UUID> soonOver() {
        return jdbc.sql("""
                        select id from holovitals.consent_grants
                        where status = 'approved' and not expiration_warning_sent and expires_at > :now
                          and expires_at <= :soon and expires_at - granted_at > :before * interval '1 second'
                        order by expires_at limit :batch
                        """)
                .param("now", at(now()))
                .param("soon", at(now().plus(WARNED_BEFORE)))
                .param("before", WARNED_BEFORE.toSeconds())
                .param("batch", BATCH)
                .query(UUID.class)
                .list();
    }

    static Instant unanswered(Instant now) {
        return now.minus(ANSWERED_WITHIN);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime atOrNull(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }
}
