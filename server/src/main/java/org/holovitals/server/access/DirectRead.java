package org.holovitals.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;

/**
 * Marks a request whose resources are looked at one by one where they are read, past HAPI: what the {@link RequestGate}
 * would read to look at itself is left to that place.
 */
public final class DirectRead {
    private static final String KEY = DirectRead.class.getName();

    private DirectRead() {}

    /** From here on. */
    public static void begin(RequestDetails request) {
        request.getUserData().put(KEY, true);
    }

    static boolean isOn(RequestDetails request) {
        return request.getUserData().containsKey(KEY);
    }
}
