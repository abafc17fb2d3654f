package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;

/** Caps comma-separated values: a long chained OR list can keep PostgreSQL busy for hours. */
@Interceptor
public final class OrValuesLimit implements StorageHooks {
    private final int most;

    OrValuesLimit(int most) {
        this.most = most;
    }

    /** Refuses a client's search with 400, also one inside a bundle; HAPI's own jobs list thousands of ids. */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void check(SearchParameterMap search, RequestDetails request) {
        if (request instanceof SystemRequestDetails) {
            return;
        }
        search.entrySet().forEach(entry -> entry.getValue().forEach(values -> check(entry.getKey(), values)));
    }

    private void check(String parameter, List<IQueryParameterType> values) {
        if (values.size() > most) {
            throw new InvalidRequestException("Search parameter " + parameter + " has " + values.size()
                    + " comma-separated values; at most " + most + " are allowed");
        }
    }
}
