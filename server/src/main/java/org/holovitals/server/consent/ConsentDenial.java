package org.holovitals.server.consent;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Consents.Part;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code consent_denials}.
 *
 * @param patient FHIR id of the Patient
 * @param grantee the user to whom the parts are not shown; null is everybody but the patient
 * @param withdrawn when it ended; null while it holds
 * @param fhirId the FHIR Consent that says the same
 */
record ConsentDenial(
        UUID id,
        String patient,
        @Nullable UUID grantee,
        @Nullable String granteeFhirUser,
        Set<Part> parts,
        @Nullable String reason,
        Instant made,
        @Nullable Instant withdrawn,
        @Nullable String fhirId) {

    /**
     * As JSON, for the patient.
     *
     * @param to the user to whom the resources are not shown; null is everybody but the patient
     * @param consent FHIR id of the Consent that says the same
     */
    record View(
            UUID id,
            List<String> resources,
            @Nullable UUID to,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant withdrawnAt,
            @Nullable String consent) {}

    View view() {
        return new View(
                id, parts.stream().sorted().map(Permissions::text).toList(), grantee, reason, made, withdrawn, fhirId);
    }
}
