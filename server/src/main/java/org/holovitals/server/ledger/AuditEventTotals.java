package org.holovitals.server.ledger;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.holovitals.server.fhir.FhirServerInterceptor;
import org.jspecify.annotations.Nullable;

/** Leaves the total out of a page for which none was counted: HAPI puts the number of the page's entries there. */
@Interceptor
public final class AuditEventTotals implements FhirServerInterceptor {
    private static final String UNCOUNTED = AuditEventTotals.class.getName();

    AuditEventTotals() {}

    /** Says that a request's page has no total. */
    static void notCounted(RequestDetails request) {
        request.getUserData().put(UNCOUNTED, true);
    }

    /** Takes it out. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void answer(RequestDetails request, @Nullable IBaseResource answer) {
        if (answer instanceof Bundle bundle && request.getUserData().containsKey(UNCOUNTED)) {
            bundle.setTotalElement(null);
        }
    }
}
