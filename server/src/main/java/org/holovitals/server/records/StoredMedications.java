package org.holovitals.server.records;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.holovitals.mappings.MedicationLookup;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Finds the Medication that a request or statement points to, as the running transaction sees it. */
final class StoredMedications implements MedicationLookup {
    private final ObjectProvider<DaoRegistry> daos;

    StoredMedications(ObjectProvider<DaoRegistry> daos) {
        this.daos = daos;
    }

    @Override
    public @Nullable Medication find(String reference) {
        IdType id = new IdType(reference);
        if (id.hasBaseUrl() || !"Medication".equals(id.getResourceType()) || !id.hasIdPart()) {
            return null;
        }
        try {
            return daos.getObject()
                    .getResourceDao(Medication.class)
                    .read(id.toUnqualifiedVersionless(), new SystemRequestDetails());
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return null;
        }
    }
}
