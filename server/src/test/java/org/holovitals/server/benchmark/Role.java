package org.holovitals.server.benchmark;

/** Who sends a request; stock HAPI asks nobody. */
enum Role {
    /** A backend service that may do everything. */
    SERVICE,
    /** A clinician to whom some patients gave their consent. */
    CLINICIAN
}
