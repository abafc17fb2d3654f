package org.holovitals.server.consent;

import java.time.Instant;
import java.util.UUID;
import org.holovitals.server.consent.ConsentGrant.Terms;
import org.jspecify.annotations.Nullable;

/**
 * A grant to be added.
 *
 * @param patient FHIR id of the Patient
 * @param owner the user whose record it is; null while nobody has claimed it
 * @param grantee the user who receives it
 * @param granted when it was given; null where it is only asked for
 * @param expires its end, if it has one already
 */
record Draft(
        Kind kind,
        String patient,
        @Nullable UUID owner,
        UUID grantee,
        Terms terms,
        @Nullable String reason,
        Urgency urgency,
        @Nullable Instant granted,
        @Nullable Instant expires) {}
