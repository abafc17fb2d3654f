package org.holovitals.server.records;

import java.util.List;
import org.holovitals.mappings.Row;

/**
 * A resource with the rows it shall have.
 *
 * @param resourceKey HAPI's key, {@code hfj_resource.res_id}
 * @param type the resource type
 * @param version the version that the rows are of
 * @param existed whether an earlier version may have left rows
 * @param patientIds the FHIR ids of the patients in whose compartments the resource is
 * @param rows the rows; none when the resource has no place in the typed tables
 */
record ProjectedResource(
        long resourceKey, String type, long version, boolean existed, List<String> patientIds, List<Row> rows) {}
