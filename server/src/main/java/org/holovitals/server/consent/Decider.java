package org.holovitals.server.consent;

import java.util.Set;
import java.util.UUID;

/**
 * Somebody who may decide about records: the own one, and those of patients whose proxy he is.
 *
 * @param user the row in users
 * @param standsFor FHIR ids of the patients for whom a consent lets him decide
 */
record Decider(UUID user, Set<String> standsFor) {

    /** Whether the grant is his to answer and to end. Who else is a proxy is no proxy's to say, nor is what he gets himself. */
    boolean decides(ConsentGrant grant) {
        return grant.isOwnedBy(user)
                || (grant.kind() != Kind.PROXY && standsFor.contains(grant.patient()) && !grant.isGivenTo(user));
    }
}
