package org.holovitals.server.records;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.fhir.StorageHooks;

/**
 * Keeps the typed tables in step with every FHIR write, on HAPI's connection and in HAPI's transaction. Expunge runs
 * no hook: the foreign key to {@code hfj_resource} takes the rows along.
 */
@Interceptor
public final class RowProjector implements StorageHooks {
    private final Projection projection;
    private final RowStore store;
    private final MedicationDependents dependents;

    RowProjector(Projection projection, RowStore store, MedicationDependents dependents) {
        this.projection = projection;
        this.store = store;
        this.dependents = dependents;
    }

    /** A new resource, or a deleted one that is written again. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        // An undeleted resource is created again under its old key; a version above 1 tells.
        boolean existed = !"1".equals(resource.getIdElement().getVersionIdPart());
        PendingRows.ofTransaction(store).add(projection.of((Resource) resource, existed));
    }

    /** A new version of a resource; HAPI passes the former one and the new one. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource former, IBaseResource resource) {
        PendingRows pending = PendingRows.ofTransaction(store);
        pending.add(projection.of((Resource) resource, true));
        dependents.of((Resource) resource).forEach(pending::add);
    }

    /** A deleted resource. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource) {
        Resource gone = (Resource) resource;
        PendingRows.ofTransaction(store).remove(gone.fhirType(), ResourceKeys.of(gone));
    }
}
