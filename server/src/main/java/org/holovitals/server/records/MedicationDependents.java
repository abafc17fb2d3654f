package org.holovitals.server.records;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.database.RowAccess;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that hold a referenced Medication's name and code, which change with the Medication. */
final class MedicationDependents {
    private final JdbcClient jdbc;
    private final DaoRegistry daos;
    private final Projection projection;
    private final RowAccess access;

    MedicationDependents(JdbcClient jdbc, DaoRegistry daos, Projection projection, RowAccess access) {
        this.jdbc = jdbc;
        this.daos = daos;
        this.projection = projection;
        this.access = access;
    }

    /** The requests and statements to project again because this resource changed; none unless it is a Medication. */
    List<ProjectedResource> of(Resource changed) {
        if (!(changed instanceof Medication)) {
            return List.of();
        }
        access.everything();
        return jdbc
                .sql("""
                        select resource_type, fhir_id from holovitals.patient_medications
                        where medication_reference = :reference
                        """)
                .param("reference", "Medication/" + changed.getIdElement().getIdPart())
                .query((row, number) -> new IdType(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .map(id -> projection.of(read(id), true))
                .toList();
    }

    private Resource read(IdType id) {
        return (Resource) daos.getResourceDao(id.getResourceType()).read(id, new SystemRequestDetails());
    }
}
