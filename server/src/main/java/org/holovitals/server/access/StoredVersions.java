package org.holovitals.server.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.HistorySearchDateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;

/** What is stored, whoever may see it: it is looked at to decide that, and goes no further. */
final class StoredVersions {
    private final DaoRegistry daos;

    StoredVersions(DaoRegistry daos) {
        this.daos = daos;
    }

    /** The current version; empty for an unknown id and a deleted resource. */
    Optional<IBaseResource> current(IIdType id) {
        return version(id.toVersionless());
    }

    /** The version that an id names; empty also where it is a deletion. */
    Optional<IBaseResource> version(IIdType id) {
        try {
            return Optional.of(daos.getResourceDao(id.getResourceType()).read(id, new SystemRequestDetails()));
        } catch (ResourceNotFoundException | ResourceGoneException | InvalidRequestException e) {
            return Optional.empty();
        }
    }

    /** All versions, the newest first. */
    List<IBaseResource> versions(IIdType id) {
        try {
            return daos.getResourceDao(id.getResourceType())
                    .history(id.toVersionless(), new HistorySearchDateRangeParam(), new SystemRequestDetails())
                    .getResources(0, Integer.MAX_VALUE);
        } catch (ResourceNotFoundException | InvalidRequestException e) {
            return List.of();
        }
    }
}
