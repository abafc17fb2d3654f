package org.holovitals.server.exporting;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.StoredResource;

/**
 * The records of some patients: the patients, what refers to them, and the organisations, practitioners and other
 * shared resources that those refer to. What belongs to another patient is never followed.
 */
final class PatientExport {
    private final Snapshot snapshot;
    private final ExportRequest request;
    private final Output output;
    private final Map<String, Set<String>> compartment;
    private final Set<String> seen = new HashSet<>();
    private Map<String, Set<String>> wanted = new TreeMap<>();

    PatientExport(FhirContext fhir, Snapshot snapshot, ExportRequest request, Output output) {
        this.snapshot = snapshot;
        this.request = request;
        this.output = output;
        this.compartment = compartment(fhir);
    }

    /** The types of the patient compartment, each with the paths by which its resources belong to a patient. */
    private static Map<String, Set<String>> compartment(FhirContext fhir) {
        Map<String, Set<String>> paths = new HashMap<>();
        for (String type : fhir.getResourceTypes()) {
            for (RuntimeSearchParam parameter :
                    fhir.getResourceDefinition(type).getSearchParamsForCompartmentName("Patient")) {
                paths.computeIfAbsent(type, each -> new TreeSet<>())
                        .addAll(parameter.getPathsSplitForResourceType(type));
            }
        }
        return paths;
    }

    /** Reads more than it writes: what is not asked for can refer to what is. */
    void write() throws SQLException, IOException {
        snapshot.readIds("Patient", request.patients(), this::take);
        for (String type : snapshot.types()) {
            Set<String> paths = compartment.getOrDefault(type, Set.of());
            if (!paths.isEmpty() && !type.equals("Patient")) {
                snapshot.readOfPatients(type, paths, request.patients(), this::take);
            }
        }
        while (!wanted.isEmpty()) {
            Map<String, Set<String>> next = wanted;
            wanted = new TreeMap<>();
            for (Map.Entry<String, Set<String>> shared : next.entrySet()) {
                Set<String> paths = compartment.getOrDefault(shared.getKey(), Set.of());
                snapshot.readShared(shared.getKey(), paths, shared.getValue(), this::take);
            }
        }
    }

    private void take(StoredResource resource) throws IOException {
        String line = ResourceLine.of(resource, this::follow);
        if (request.wants(resource.type()) && request.wants(resource.lastUpdated())) {
            output.write(resource.type(), line);
        }
    }

    private void follow(String reference) {
        IdType id = new IdType(reference);
        boolean isLocal = id.hasResourceType() && id.hasIdPart() && !id.hasBaseUrl() && !id.isLocal();
        if (isLocal
                && !id.getResourceType().equals("Patient")
                && seen.add(id.getResourceType() + "/" + id.getIdPart())) {
            wanted.computeIfAbsent(id.getResourceType(), type -> new TreeSet<>())
                    .add(id.getIdPart());
        }
    }
}
