package org.holovitals.server.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;

/** Says in whose requests the history of a resource may have versions that are not shown. */
@FunctionalInterface
public interface CutHistories {
    /** Whether the versions that are left have to be counted. */
    boolean areCut(RequestDetails request);
}
