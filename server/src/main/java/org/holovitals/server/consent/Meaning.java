package org.holovitals.server.consent;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.jspecify.annotations.Nullable;

/** What a FHIR Consent comes to. */
sealed interface Meaning {

    /**
     * It lets a user do something.
     *
     * @param end when it ends; null for a proxy's without end
     */
    record Permit(
            UUID grantee,
            Kind kind,
            Set<Permission> permissions,
            Restrictions restrictions,
            @Nullable Instant end) implements Meaning {}

    /**
     * It keeps something back.
     *
     * @param grantee from whom; null is everybody but the patient
     */
    record Deny(@Nullable UUID grantee, Set<Part> parts) implements Meaning {}

    /**
     * It is not in force.
     *
     * @param isRejected whether the patient says no to what was asked for
     */
    record Nothing(boolean isRejected) implements Meaning {}
}
