package org.holovitals.server.consent;

import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.jspecify.annotations.Nullable;

/** What the audit log says of the calls that are about consents; their reasons may tell of illnesses and stay out. */
final class Trail {
    private static final String GRANTS = "consent_grants";

    private Trail() {}

    /** Named before it is tried, so that also a refused call has its name. */
    static void begin(Caller caller, String action) {
        begin(caller, action, null);
    }

    static void begin(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource(GRANTS, id == null ? null : id.toString());
    }

    static ConsentGrant end(Caller caller, ConsentGrant grant) {
        caller.call().record().resource(GRANTS, grant.id().toString());
        caller.call().record().about(grant.patient());
        return grant;
    }
}
