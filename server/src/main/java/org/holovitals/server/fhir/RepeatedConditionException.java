package org.holovitals.server.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;

/** Two entries of a transaction write under the same condition. Its message holds no value of them. */
public final class RepeatedConditionException extends InvalidRequestException {
    private final int entry;

    RepeatedConditionException(int former, int entry) {
        super("Bundle.entry(" + former + ") and Bundle.entry(" + entry
                + ") write under the same condition; each resource may be written once in a transaction");
        this.entry = entry;
    }

    /** The later of the two, counted from 0. */
    public int entry() {
        return entry;
    }
}
