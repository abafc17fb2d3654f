package org.holovitals.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ties a caller to a FHIR request. HAPI works on requests in other threads, and on after the answer, so neither the
 * thread nor the servlet request tells who calls.
 */
final class RequestCaller {
    private static final String KEY = RequestCaller.class.getName();

    private RequestCaller() {}

    static void put(RequestDetails request, Caller caller) {
        request.getUserData().put(KEY, caller);
    }

    static boolean isKnown(RequestDetails request) {
        return request.getUserData().get(KEY) instanceof Caller;
    }

    /** The caller; empty where the server works for itself. */
    static Optional<Caller> of(@Nullable RequestDetails request) {
        if (request == null || request instanceof SystemRequestDetails) {
            return Optional.empty();
        }
        if (request.getUserData().get(KEY) instanceof Caller caller) {
            return Optional.of(caller);
        }
        throw new AuthenticationException("An access token is needed");
    }
}
