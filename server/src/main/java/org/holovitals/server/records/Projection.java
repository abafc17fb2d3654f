package org.holovitals.server.records;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.mappings.Mappings;
import org.holovitals.mappings.Row;

/** From a stored resource to its rows: pure but for the look-up of referenced Medications. */
final class Projection {
    private final FhirContext fhir;
    private final Mappings mappings;

    Projection(FhirContext fhir, Mappings mappings) {
        this.fhir = fhir;
        this.mappings = mappings;
    }

    /** The rows of a resource that HAPI is about to commit; its key stands in the resource's user data. */
    ProjectedResource of(Resource resource, boolean existed) {
        return of(resource, ResourceKeys.of(resource), existed);
    }

    /** The rows of a resource with a known key. */
    ProjectedResource of(Resource resource, long resourceKey, boolean existed) {
        List<Row> rows = mappings.rows(resource);
        long version = Long.parseLong(resource.getIdElement().getVersionIdPart());
        return new ProjectedResource(
                resourceKey, resource.fhirType(), version, existed, patientsOf(resource, rows), rows);
    }

    /**
     * A clinical row has one home, the patient it is about. Other resources (a care team, an appointment) can be in
     * several patients' compartments and get a row in each.
     */
    private List<String> patientsOf(Resource resource, List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Row first = rows.get(0);
        String subject = first.origin().patientId();
        if (subject != null && !first.table().equals("patient_resources")) {
            return List.of(subject);
        }
        List<String> owners = fhir.newTerser().getCompartmentOwnersForResource("Patient", resource, Set.of()).stream()
                .filter(Projection::isHere)
                .map(IIdType::getIdPart)
                .distinct()
                .toList();
        boolean several = first.table().equals("patient_resources");
        return several ? owners : owners.stream().limit(1).toList();
    }

    private static boolean isHere(IIdType id) {
        return "Patient".equals(id.getResourceType()) && !id.hasBaseUrl() && id.hasIdPart();
    }
}
