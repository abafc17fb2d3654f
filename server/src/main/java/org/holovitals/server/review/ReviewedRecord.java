package org.holovitals.server.review;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/** Writes into a record through HAPI, in the transaction that runs: resources for the caller, Provenance as the server's own. */
final class ReviewedRecord {
    private final DaoRegistry daos;
    private final IFhirSystemDao<Bundle, Meta> system;

    ReviewedRecord(DaoRegistry daos, IFhirSystemDao<Bundle, Meta> system) {
        this.daos = daos;
        this.system = system;
    }

    /** Writes it in the name of whoever made the request; gives its id. */
    String create(RequestDetails request, Resource resource) {
        Bundle bundle = new Bundle();
        bundle.setType(BundleType.TRANSACTION);
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + UUID.randomUUID())
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType());
        Bundle answer = system.transactionNested(request, bundle);
        return new IdType(answer.getEntryFirstRep().getResponse().getLocation()).getIdPart();
    }

    /** Says where something comes from. */
    void prove(Provenance provenance) {
        daos.getResourceDao(Provenance.class).create(provenance, new SystemRequestDetails());
    }
}
