package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;

/** HAPI's servlet, silent about what it is built on. */
final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1;

    FhirServlet(FhirContext fhir) {
        super(fhir);
    }

    @Override
    protected String createPoweredByHeader() {
        return "";
    }
}
