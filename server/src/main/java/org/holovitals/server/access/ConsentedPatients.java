package org.holovitals.server.access;

import java.util.Set;

/** The patients who let a clinician see their records now. */
@FunctionalInterface
public interface ConsentedPatients {
    /** Their FHIR ids; asked at every request. */
    Set<String> of(Caller clinician);
}
