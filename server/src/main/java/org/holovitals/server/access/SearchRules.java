package org.holovitals.server.access;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.api.SearchContainedModeEnum;
import ca.uhn.fhir.rest.api.SearchIncludeDeletedEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.param.HasParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a caller who sees some patients only may not search by: parameters whose answer depends on resources that are not
 * in the answer, and so tell of records that he does not see.
 */
final class SearchRules {
    private static final Set<String> REFUSED =
            Set.of("_has", "_filter", "_list", "_query", "_content", "_text", "_contained", "_in");

    private final Compartments compartments;

    SearchRules(Compartments compartments) {
        this.compartments = compartments;
    }

    /** Throws for a search that is not permitted. */
    void check(SearchParameterMap search) {
        search.entrySet().forEach(this::check);
        if (search.getSearchContainedMode() != null
                && search.getSearchContainedMode() != SearchContainedModeEnum.FALSE) {
            throw InteractionGate.refusal("_contained");
        }
        if (search.getSearchIncludeDeletedMode() != null
                && search.getSearchIncludeDeletedMode() != SearchIncludeDeletedEnum.NEVER) {
            throw InteractionGate.refusal("_includeDeleted");
        }
        for (SortSpec sort = search.getSort(); sort != null; sort = sort.getChain()) {
            if (sort.getParamName() != null && sort.getParamName().contains(".")) {
                throw InteractionGate.refusal("Sorting by a chain");
            }
        }
    }

    private void check(Map.Entry<String, List<List<IQueryParameterType>>> parameter) {
        String name = parameter.getKey();
        if (REFUSED.contains(name) || name.startsWith("_has:") || name.contains(".")) {
            throw InteractionGate.refusal("A search by " + name);
        }
        parameter.getValue().forEach(values -> values.forEach(value -> check(name, value)));
    }

    /** A chain may lead to a type that is shared, since what it tells may be read there as well. */
    private void check(String name, IQueryParameterType value) {
        if (value instanceof HasParam) {
            throw InteractionGate.refusal("A search by _has");
        }
        if (value instanceof ReferenceParam reference && reference.getChain() != null) {
            boolean isShared = reference.getResourceType() != null
                    && compartments.isShared(reference.getResourceType())
                    && !reference.getChain().contains(".")
                    && !reference.getChain().startsWith("_has");
            if (!isShared) {
                throw InteractionGate.refusal("A chain from " + name);
            }
        }
    }
}
