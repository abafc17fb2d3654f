package org.holovitals.server.records;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.mappings.PatientRow;
import org.holovitals.mappings.Row;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.records.ClinicalRows.PlacedRow;

/** Brings the typed tables in line with resources, in the transaction of the caller. */
final class RowStore {
    private final PatientRows patients;
    private final ClinicalRows clinical;
    private final RowAccess access;

    RowStore(PatientRows patients, ClinicalRows clinical, RowAccess access) {
        this.patients = patients;
        this.clinical = clinical;
        this.access = access;
    }

    /**
     * Writes the rows of new versions: over those of the former one where they stand at the same place, so that most indexes
     * have nothing to do, and removes what is left of it.
     */
    void save(Collection<ProjectedResource> resources) {
        access.everything();
        patients(resources);
        clinical.write(place(resources));
        byType(resources).forEach(clinical::deleteFormer);
    }

    /** Puts new rows in the place of all that resources have, also those of the same version. */
    void replace(Collection<ProjectedResource> resources) {
        access.everything();
        patients(resources);
        byType(resources)
                .forEach((type, existing) -> clinical.delete(
                        type,
                        existing.stream().map(ProjectedResource::resourceKey).toList()));
        clinical.write(place(resources));
    }

    /** Patients come first: the other rows hang on their repositories. */
    private void patients(Collection<ProjectedResource> resources) {
        for (ProjectedResource resource : resources) {
            for (Row row : resource.rows()) {
                if (row instanceof PatientRow patient) {
                    patients.save(patient, resource.resourceKey());
                }
            }
        }
    }

    /** Those that may have rows of a former version. */
    private static Map<String, List<ProjectedResource>> byType(Collection<ProjectedResource> resources) {
        return resources.stream()
                .filter(resource -> resource.existed() && !resource.type().equals("Patient"))
                .collect(Collectors.groupingBy(ProjectedResource::type));
    }

    private List<PlacedRow> place(Collection<ProjectedResource> resources) {
        Set<String> owners = resources.stream()
                .flatMap(resource -> resource.patientIds().stream())
                .collect(Collectors.toSet());
        Map<String, UUID> repositories = patients.repositories(owners);
        List<PlacedRow> placed = new ArrayList<>();
        for (ProjectedResource resource : resources) {
            for (String patient : resource.patientIds()) {
                UUID repository = repositories.get(patient);
                if (repository != null) {
                    clinical(resource)
                            .forEach(row -> placed.add(new PlacedRow(row, repository, resource.resourceKey())));
                }
            }
        }
        return placed;
    }

    private static Stream<Row> clinical(ProjectedResource resource) {
        return resource.rows().stream().filter(row -> !(row instanceof PatientRow));
    }

    /** Removes the rows of a deleted resource. */
    void delete(String type, long resourceKey) {
        access.everything();
        if (type.equals("Patient")) {
            patients.delete(resourceKey);
        } else {
            clinical.delete(type, List.of(resourceKey));
        }
    }

    /** Removes the rows of resources that are deleted or gone, which only a mistake of an earlier release can leave. */
    void deleteOrphans() {
        access.everything();
        clinical.deleteOrphans();
        patients.deleteOrphans();
    }
}
