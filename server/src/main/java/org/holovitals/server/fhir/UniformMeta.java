package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Gives every resource a {@code meta} before it is stored. HAPI tells by the stored text whether a write changes
 * anything, and that text has an empty {@code meta} or none by what the client sent: a resource that is read and
 * written back as it is would get a new version.
 */
@Interceptor
public final class UniformMeta implements StorageHooks {

    UniformMeta() {}

    /** A resource that is new. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        fill(resource);
    }

    /** A resource that replaces its former version. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void updated(IBaseResource former, IBaseResource resource) {
        fill(resource);
    }

    /** HAPI puts the true version in the place of this one. */
    private static void fill(IBaseResource resource) {
        if (resource.getMeta().getVersionId() == null) {
            resource.getMeta().setVersionId("1");
        }
    }
}
