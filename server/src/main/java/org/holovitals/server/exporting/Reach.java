package org.holovitals.server.exporting;

import java.util.Set;

/** Whose resources are taken out. */
public sealed interface Reach {

    /** Every resource, a patient's or nobody's. */
    record Everything() implements Reach {}

    /** The records of all patients, with what they refer to. */
    record AllPatients() implements Reach {}

    /**
     * The records of some patients, with what they refer to and nothing of another patient.
     *
     * @param ids of the Patients
     */
    record Patients(Set<String> ids) implements Reach {}
}
