package org.holovitals.server.fhir;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.method.ResponsePage.ResponsePageBuilder;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;

/** The history of one resource as the hooks have left it, counted and paged. */
final class VisibleVersions implements IBundleProvider {
    private final IBundleProvider all;
    private final int offset;
    private @Nullable List<IBaseResource> visible;

    VisibleVersions(IBundleProvider all, int offset) {
        this.all = all;
        this.offset = offset;
    }

    /** All are read for each page, since nothing but a version itself tells whose it was. */
    private List<IBaseResource> visible() {
        List<IBaseResource> known = visible == null ? all.getResources(0, Integer.MAX_VALUE) : visible;
        visible = known;
        return known;
    }

    @Override
    public List<IBaseResource> getResources(int from, int to, ResponsePageBuilder page) {
        List<IBaseResource> versions = visible();
        int start = Math.min(from + offset, versions.size());
        int end = (int) Math.min((long) to + offset, versions.size());
        return versions.subList(start, Math.max(start, end));
    }

    @Override
    public Integer size() {
        return visible().size();
    }

    @Override
    public IPrimitiveType<java.util.Date> getPublished() {
        return all.getPublished();
    }

    @Override
    public @Nullable String getUuid() {
        return all.getUuid();
    }

    @Override
    public @Nullable Integer preferredPageSize() {
        return all.preferredPageSize();
    }
}
