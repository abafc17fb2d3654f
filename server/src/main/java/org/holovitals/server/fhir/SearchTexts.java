package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.entity.Search;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;

/**
 * Keeps the text of searches out of HAPI's table of searches: it names patients and what they have, and is there only to
 * find a search to use again, which this server never does.
 */
@Interceptor
public final class SearchTexts implements StorageHooks {

    SearchTexts() {}

    /** HAPI stores something random in place of a text that is not there. */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void forget(ICachedSearchDetails details) {
        if (details instanceof Search search) {
            search.setSearchQueryString(null, RequestPartitionId.allPartitions());
        }
    }
}
