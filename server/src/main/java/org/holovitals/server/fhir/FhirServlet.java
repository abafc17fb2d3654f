package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;

/** HAPI's servlet, silent about what it is built on, and strict about queries. */
final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1;

    private final transient QueryCheck queries;

    FhirServlet(FhirContext fhir, QueryCheck queries) {
        super(fhir);
        this.queries = queries;
    }

    @Override
    protected String createPoweredByHeader() {
        return "";
    }

    /** Also called for each reading entry of a batch or transaction. */
    @Override
    public BaseMethodBinding determineResourceMethod(RequestDetails request, String path) {
        BaseMethodBinding method = super.determineResourceMethod(request, path);
        if (method.getProvider() instanceof FhirOperations) {
            RequestHeaders.check(request);
        } else if (method.getProvider() instanceof FhirProvider) {
            queries.controls(request);
        } else {
            queries.request(request, method.getRestOperationType());
        }
        return method;
    }
}
