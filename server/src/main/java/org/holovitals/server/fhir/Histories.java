package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.search.PersistedJpaBundleProviderFactory;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.HistorySearchStyleEnum;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes histories of one resource out of the versions that the caller may see: HAPI counts and pages over all of them,
 * which would tell of those that were in another patient's record.
 */
final class Histories extends PersistedJpaBundleProviderFactory {
    private final ObjectProvider<CutHistories> cut;

    Histories(ObjectProvider<CutHistories> cut) {
        this.cut = cut;
    }

    @Override
    public IBundleProvider history(
            RequestDetails request,
            String type,
            @Nullable JpaPid resource,
            @Nullable Date from,
            @Nullable Date until,
            @Nullable Integer offset,
            @Nullable HistorySearchStyleEnum style,
            RequestPartitionId partition) {
        boolean mayBeCut = resource != null && cut.stream().anyMatch(some -> some.areCut(request));
        return mayBeCut
                ? new VisibleVersions(
                        super.history(request, type, resource, from, until, null, style, partition),
                        offset == null ? 0 : offset)
                : super.history(request, type, resource, from, until, offset, style, partition);
    }
}
