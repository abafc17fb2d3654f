package org.holovitals.server.launch;

import java.util.List;
import java.util.Set;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.SmartScopes;

/**
 * Who opens a launch, as the identity provider knows him: he may never have called this server.
 *
 * @param subject the issuer's id of the user
 * @param name his login name
 * @param patients the FHIR ids of the records that are his
 */
record Person(String subject, String name, Set<String> roles, Set<String> patients) {

    boolean isPatient(String patient) {
        return roles.contains(Caller.ROLE_PATIENT) && patients.contains(patient);
    }

    boolean isClinician() {
        return roles.contains(Caller.ROLE_CLINICIAN);
    }

    /** As a caller who has no scopes yet. */
    Caller with(String client) {
        return new Caller(
                subject, client, null, null, null, null, roles, new SmartScopes(List.of()), false, Call.from(null));
    }
}
