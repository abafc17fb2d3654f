package org.holovitals.server.records;

import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import java.util.Objects;
import org.hl7.fhir.r4.model.Resource;

/** HAPI's own key of a stored resource, {@code hfj_resource.res_id}. */
final class ResourceKeys {
    private ResourceKeys() {}

    static long of(Resource stored) {
        JpaPid key = Objects.requireNonNull(IDao.RESOURCE_PID.get(stored), "a stored resource has its key");
        return Objects.requireNonNull(key.getId());
    }
}
