package org.holovitals.server.fhir;

import static ca.uhn.fhir.jpa.search.builder.QueryStack.SearchForIdsParams.with;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.search.builder.QueryStack;
import ca.uhn.fhir.jpa.search.builder.QueryStack.SearchForIdsParams;
import ca.uhn.fhir.jpa.search.builder.sql.SearchQueryBuilder;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.healthmarketscience.sqlbuilder.Condition;
import com.healthmarketscience.sqlbuilder.SelectQuery;
import java.util.Optional;

/** Makes a query of a type into a select of resource ids, by HAPI's own builders. */
final class SubsetQueries {
    private final FhirContext fhir;
    private final JpaStorageSettings storage;
    private final ISearchParamRegistry registry;
    private final MatchUrlService queries;

    SubsetQueries(
            FhirContext fhir, JpaStorageSettings storage, ISearchParamRegistry registry, MatchUrlService queries) {
        this.fhir = fhir;
        this.storage = storage;
        this.registry = registry;
        this.queries = queries;
    }

    /** The select; empty for a query that finds nothing, such as one by a patient who is not there. */
    Optional<SelectQuery> select(SearchQueryBuilder parent, SearchForIdsParams search, String query) {
        String type = search.getResourceName();
        SearchParameterMap parameters = queries.translateMatchUrl(type + "?" + query, fhir.getResourceDefinition(type));
        SearchQueryBuilder child = parent.newChildSqlBuilder(false);
        QueryStack stack = new QueryStack(
                search.getRequest(), parameters, storage, fhir, child, registry, parent.getPartitionSettings());
        parameters.entrySet().forEach(parameter -> {
            Condition condition = stack.searchForIdsWithAndOr(with().setResourceName(type)
                    .setParamName(parameter.getKey())
                    .setAndOrParams(parameter.getValue())
                    .setRequest(search.getRequest())
                    .setRequestPartitionId(search.getRequestPartitionId()));
            if (condition != null) {
                child.addPredicate(condition);
            }
        });
        // The only way to ask a builder whether it has found out that nothing can match.
        boolean findsNothing = child.generate(null, null).isMatchNothing();
        return findsNothing ? Optional.empty() : Optional.of(child.getSelect());
    }
}
