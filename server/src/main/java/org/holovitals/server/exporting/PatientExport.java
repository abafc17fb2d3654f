package org.holovitals.server.exporting;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.IdType;

/**
 * The records of some patients: the patients, what refers to them, and the organisations, practitioners and other
 * shared resources that those refer to. Another patient's resource is never followed.
 */
final class PatientExport {
    private final Snapshot snapshot;
    private final ExportRequest request;
    private final Output output;
    private final Set<String> compartmentTypes;
    private final Set<String> seen = new HashSet<>();
    private Map<String, Set<String>> wanted = new TreeMap<>();

    PatientExport(FhirContext fhir, Snapshot snapshot, ExportRequest request, Output output) {
        this.snapshot = snapshot;
        this.request = request;
        this.output = output;
        this.compartmentTypes = compartmentTypes(fhir, fhir.getResourceTypes());
    }

    private static Set<String> compartmentTypes(FhirContext fhir, Collection<String> types) {
        Set<String> found = new HashSet<>();
        for (String type : types) {
            if (!fhir.getResourceDefinition(type)
                    .getSearchParamsForCompartmentName("Patient")
                    .isEmpty()) {
                found.add(type);
            }
        }
        return found;
    }

    void write() throws SQLException, IOException {
        snapshot.readIds("Patient", request.patients(), this::take);
        for (String type : snapshot.types()) {
            if (compartmentTypes.contains(type) && !type.equals("Patient") && request.wants(type)) {
                snapshot.readOfPatients(type, request.patients(), request.since(), this::take);
            }
        }
        while (!wanted.isEmpty()) {
            Map<String, Set<String>> next = wanted;
            wanted = new TreeMap<>();
            for (Map.Entry<String, Set<String>> shared : next.entrySet()) {
                snapshot.readIds(shared.getKey(), shared.getValue(), this::take);
            }
        }
    }

    private void take(StoredResource resource) throws IOException {
        String line = ResourceLine.of(resource, this::follow);
        if (request.wants(resource.type())) {
            output.write(resource.type(), line);
        }
    }

    private void follow(String reference) {
        IdType id = new IdType(reference);
        boolean isLocal = id.hasResourceType() && id.hasIdPart() && !id.hasBaseUrl() && !id.isLocal();
        if (isLocal
                && !compartmentTypes.contains(id.getResourceType())
                && seen.add(id.getResourceType() + "/" + id.getIdPart())) {
            wanted.computeIfAbsent(id.getResourceType(), type -> new TreeSet<>())
                    .add(id.getIdPart());
        }
    }
}
