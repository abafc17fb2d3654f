package org.holovitals.server.reading;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.holovitals.server.reading.ReferenceCriterion.Target;
import org.jspecify.annotations.Nullable;

/** Makes search parameters into conditions on a candidate {@code c.res_id}, by HAPI's index tables. */
final class Criteria {
    private final FhirContext fhir;
    private final ISearchParamRegistry registry;

    Criteria(FhirContext fhir, ISearchParamRegistry registry) {
        this.fhir = fhir;
        this.registry = registry;
    }

    /** A parameter as often as it is given; empty for what only HAPI understands. */
    Optional<Sql> of(String type, String name, List<String> texts) {
        // HAPI leaves a blank out, and makes one range of several _lastUpdated.
        if (texts.stream().anyMatch(String::isBlank) || (texts.size() > 1 && name.startsWith("_"))) {
            return Optional.empty();
        } else if (texts.size() > 1 && isDate(type, name)) {
            return DateCriterion.of(
                    type,
                    name,
                    texts.stream()
                            .flatMap(text -> values(DateParam::new, name, "", text).stream())
                            .toList());
        }
        return Sql.each(texts.stream().map(text -> of(type, name, text))).map(Sql::all);
    }

    private boolean isDate(String type, String name) {
        RuntimeSearchParam parameter = parameter(type, name);
        return parameter != null && parameter.getParamType() == RestSearchParameterTypeEnum.DATE;
    }

    private Optional<Sql> of(String type, String name, String text) {
        String bare = bare(name);
        String qualifier = name.substring(bare.length());
        if (bare.equals("_id")) {
            return qualifier.isEmpty() ? ids(text) : Optional.empty();
        }
        if (bare.equals("_lastUpdated")) {
            List<DateParam> values = values(DateParam::new, bare, qualifier, text);
            return qualifier.isEmpty() && values.size() == 1
                    ? DateCriterion.ofLastUpdated(values.get(0))
                    : Optional.empty();
        }
        RuntimeSearchParam parameter = parameter(type, bare);
        if (parameter == null || bare.startsWith("_") || qualifier.indexOf('.') >= 0) {
            return Optional.empty();
        }
        return switch (parameter.getParamType()) {
            case TOKEN -> TokenCriterion.of(type, bare, values(TokenParam::new, bare, qualifier, text));
            case DATE -> date(type, bare, values(DateParam::new, bare, qualifier, text));
            case REFERENCE -> references(type, parameter, values(ReferenceParam::new, bare, qualifier, text));
            default -> Optional.empty();
        };
    }

    /** A parameter that is indexed for a type; null when there is none. */
    @Nullable
    RuntimeSearchParam parameter(String type, String name) {
        return registry.getActiveSearchParam(type, name, SearchParamLookupContextEnum.SEARCH);
    }

    /** Whom a reference parameter names, if it is one resource. */
    Optional<Target> target(String type, String name, String text) {
        String bare = bare(name);
        RuntimeSearchParam parameter = parameter(type, bare);
        List<ReferenceParam> values = values(ReferenceParam::new, bare, name.substring(bare.length()), text);
        return parameter == null || values.size() != 1
                ? Optional.empty()
                : ReferenceCriterion.target(parameter, values.get(0));
    }

    /** Where a parameter's links come from, as {@code hfj_res_link.src_path} has it; empty when not all are the type's. */
    List<String> paths(String type, String name) {
        RuntimeSearchParam parameter = parameter(type, bare(name));
        List<String> paths = parameter == null ? List.of() : parameter.getPathsSplitForResourceType(type);
        return paths.stream().allMatch(path -> path.startsWith(type + ".")) ? paths : List.of();
    }

    static String bare(String name) {
        int end = name.indexOf(':');
        return end < 0 ? name : name.substring(0, end);
    }

    private static Optional<Sql> ids(String text) {
        List<String> ids = QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, text);
        return ids.stream().allMatch(id -> id.matches("[A-Za-z0-9.-]{1,64}"))
                ? Optional.of(Sql.of(
                                "select from fhir.hfj_resource i where i.res_id = c.res_id and i.fhir_id = any (?)",
                                (Object) ids.toArray(String[]::new))
                        .exists())
                : Optional.empty();
    }

    /** HAPI reads the prefix of the first of several dates only. */
    private static Optional<Sql> date(String type, String name, List<DateParam> values) {
        return values.size() == 1 ? DateCriterion.of(type, name, values) : Optional.empty();
    }

    private Optional<Sql> references(String type, RuntimeSearchParam parameter, List<ReferenceParam> values) {
        List<String> paths = paths(type, parameter.getName());
        return paths.isEmpty()
                ? Optional.empty()
                : Sql.each(values.stream().map(value -> ReferenceCriterion.target(parameter, value)
                                .map(target -> ReferenceCriterion.linked(paths, target))))
                        .map(Sql::any);
    }

    private <T extends IQueryParameterType> List<T> values(
            Supplier<T> make, String name, String qualifier, String text) {
        return QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, text).stream()
                .map(each -> {
                    T value = make.get();
                    value.setValueAsQueryToken(fhir, name, qualifier.isEmpty() ? null : qualifier, each);
                    return value;
                })
                .toList();
    }
}
