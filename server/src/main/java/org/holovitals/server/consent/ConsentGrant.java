package org.holovitals.server.consent;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Consents.Permission;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code consent_grants} as it stands at a moment.
 *
 * @param status past its end it is expired, whether or not that has been written down
 * @param patient FHIR id of the Patient
 * @param owner the user whose record it is; null while nobody has claimed it
 * @param reason why it was asked for or given
 * @param fhirId the FHIR Consent that says the same
 */
record ConsentGrant(
        UUID id,
        Kind kind,
        Status status,
        String patient,
        @Nullable UUID owner,
        Grantee grantee,
        Terms terms,
        @Nullable String reason,
        Urgency urgency,
        Times times,
        Answers answers,
        @Nullable String fhirId) {

    /** Who receives it. */
    record Grantee(
            UUID user,
            @Nullable String email,
            @Nullable String name,
            @Nullable String fhirUser) {}

    /**
     * What it comes to.
     *
     * @param hours how long, from when it was given; null for a proxy
     */
    record Terms(
            Set<Permission> permissions,
            Restrictions restrictions,
            @Nullable Integer hours) {}

    /** When it went from state to state. */
    record Times(
            Instant requested,
            @Nullable Instant granted,
            @Nullable Instant expires,
            @Nullable Instant revoked) {}

    /**
     * What was said when it was denied or ended.
     *
     * @param by the user who approved, denied or revoked it last
     */
    record Answers(
            @Nullable String denial,
            @Nullable String revocation,
            @Nullable UUID by) {}

    boolean isOwnedBy(UUID user) {
        return user.equals(owner);
    }

    boolean isGivenTo(UUID user) {
        return user.equals(grantee.user());
    }
}
