package org.holovitals.server.fhir;

import ca.uhn.fhir.jpa.search.builder.QueryStack.SearchForIdsParams;
import ca.uhn.fhir.jpa.search.builder.predicate.ResourceIdPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.sql.SearchQueryBuilder;
import ca.uhn.fhir.model.api.IQueryParameterType;
import com.healthmarketscience.sqlbuilder.ComboCondition;
import com.healthmarketscience.sqlbuilder.Condition;
import com.healthmarketscience.sqlbuilder.InCondition;
import com.healthmarketscience.sqlbuilder.SelectQuery;
import com.healthmarketscience.sqlbuilder.UnionQuery;
import com.healthmarketscience.sqlbuilder.dbspec.basic.DbColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HAPI's condition on {@code _id}, which also understands a {@link Subset}. */
final class SubsetPredicate extends ResourceIdPredicateBuilder {
    private final SubsetQueries queries;

    SubsetPredicate(SearchQueryBuilder sql, SubsetQueries queries) {
        super(sql);
        this.queries = queries;
    }

    @Override
    public @Nullable Condition createPredicateResourceId(SearchForIdsParams search) {
        List<List<IQueryParameterType>> all = search.getAndOrParams();
        List<List<IQueryParameterType>> ids =
                all.stream().filter(values -> subset(values).isEmpty()).toList();
        if (ids.size() == all.size()) {
            return super.createPredicateResourceId(search);
        }
        List<Condition> conditions = new ArrayList<>();
        if (!ids.isEmpty()) {
            Condition ofIds = super.createPredicateResourceId(search.setAndOrParams(ids));
            Stream.ofNullable(ofIds).forEach(conditions::add);
        }
        DbColumn id = getOrCreateQueryRootTable(true).getResourceIdColumn();
        all.stream().flatMap(values -> subset(values).stream()).forEach(subset -> {
            within(id, search, subset).ifPresent(conditions::add);
            without(id, search, subset).ifPresent(conditions::add);
        });
        return conditions.isEmpty() ? null : ComboCondition.and(conditions.toArray(new Condition[0]));
    }

    private static Optional<Subset> subset(List<IQueryParameterType> values) {
        return values.size() == 1 && values.get(0) instanceof Subset subset ? Optional.of(subset) : Optional.empty();
    }

    private Optional<Condition> within(DbColumn id, SearchForIdsParams search, Subset subset) {
        Optional<Condition> found = union(search, subset.within()).map(selects -> new InCondition(id, selects));
        if (found.isEmpty() && !subset.within().isEmpty()) {
            setMatchNothing();
        }
        return found;
    }

    private Optional<Condition> without(DbColumn id, SearchForIdsParams search, Subset subset) {
        return union(search, subset.without()).map(selects -> new InCondition(id, selects).setNegate(true));
    }

    private Optional<Object> union(SearchForIdsParams search, List<String> texts) {
        List<SelectQuery> selects = texts.stream()
                .flatMap(text -> queries.select(getSearchQueryBuilder(), search, text).stream())
                .toList();
        return selects.size() < 2
                ? selects.stream().map(Object.class::cast).findFirst()
                : Optional.of(UnionQuery.union(selects.toArray(new SelectQuery[0])));
    }
}
