package org.holovitals.server.access;

import org.hl7.fhir.r4.model.IdType;

/** What other features ask before they hand on a part of somebody's record. */
public final class VisibleRecords {
    private final Visibility visibility;

    VisibleRecords(Visibility visibility) {
        this.visibility = visibility;
    }

    /** Whether a resource is there, is the patient's, and may be read by the caller. */
    public boolean mayRead(Caller caller, String type, String id, String patient) {
        return visibility.readsOf(caller, new IdType(type, id), patient);
    }
}
