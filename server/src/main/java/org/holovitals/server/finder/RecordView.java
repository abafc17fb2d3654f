package org.holovitals.server.finder;

import org.holovitals.server.access.Caller;

/**
 * One patient's record as a caller may read it at this moment.
 *
 * @param patient FHIR id of the Patient
 */
public record RecordView(String patient, Caller caller) {}
