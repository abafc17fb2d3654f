package org.holovitals.server.finder;

import org.holovitals.server.access.Caller;

/**
 * Who looks into which record.
 *
 * @param patient FHIR id of the record's Patient
 */
public record RecordView(String patient, Caller caller) {
    /** Whether it is the caller's own. */
    boolean isOwn() {
        return ("Patient/" + patient).equals(caller.fhirUser());
    }
}
