package org.holovitals.server.consent;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.consent.ConsentGrant.Grantee;
import org.jspecify.annotations.Nullable;

/**
 * A grant as JSON, for whoever gives or receives it.
 *
 * @param patient FHIR id of the Patient
 * @param hours how long it lasts from when it is given; null for a proxy
 * @param decidedBy the user who approved, denied or revoked it: the patient, or who decides for her
 * @param consent FHIR id of the Consent that says the same
 */
record ConsentView(
        UUID id,
        Kind kind,
        Status status,
        String patient,
        Grantee grantee,
        @Nullable String reason,
        Urgency urgency,
        @Nullable Integer hours,
        List<Permissions.Spelled> permissions,
        Restrictions.Spelled restrictions,
        Instant requestedAt,
        @Nullable Instant grantedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String denialReason,
        @Nullable String revocationReason,
        @Nullable UUID decidedBy,
        @Nullable String consent) {

    static ConsentView of(ConsentGrant grant) {
        return new ConsentView(
                grant.id(),
                grant.kind(),
                grant.status(),
                grant.patient(),
                grant.grantee(),
                grant.reason(),
                grant.urgency(),
                grant.terms().hours(),
                Permissions.spelled(grant.terms().permissions()),
                grant.terms().restrictions().spelled(),
                grant.times().requested(),
                grant.times().granted(),
                grant.times().expires(),
                grant.times().revoked(),
                grant.answers().denial(),
                grant.answers().revocation(),
                grant.answers().by(),
                grant.fhirId());
    }
}
