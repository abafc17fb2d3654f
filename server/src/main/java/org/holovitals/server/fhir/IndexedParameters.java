package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.searchparam.registry.ReadOnlySearchParamCache;
import ca.uhn.fhir.jpa.searchparam.registry.SearchParameterCanonicalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holovitals.server.fhir.FhirSettings.SearchParameterSet;

/** Which of R4's and US Core's search parameters are indexed, by resource type. */
final class IndexedParameters {
    private static final Set<String> OF_EVERY_TYPE = Set.of(
            "_id",
            "_lastUpdated",
            "_tag",
            "_profile",
            "_security",
            "_source",
            "identifier",
            "url",
            "patient",
            "subject",
            "encounter");

    private final FhirContext fhir;
    private final SearchParameterSet set;
    private final Map<String, List<String>> listed = ListFile.read("/search-parameters/us-core.txt");

    IndexedParameters(FhirContext fhir, SearchParameterSet set) {
        this.fhir = fhir;
        this.set = set;
    }

    /** The parameters to index, each with the resource type it is indexed for. */
    List<TypedParameter> all() {
        List<TypedParameter> parameters = new ArrayList<>();
        SearchParameterCanonicalizer canonicalizer = new SearchParameterCanonicalizer(fhir);
        ReadOnlySearchParamCache.fromFhirContext(fhir, canonicalizer)
                .getSearchParamStream()
                .distinct()
                .forEach(parameter -> addBuiltIn(parameter, parameters));
        UsCoreParameters.all()
                .forEach(definition -> add(canonicalizer.canonicalizeSearchParameter(definition), parameters));
        return parameters;
    }

    private void addBuiltIn(RuntimeSearchParam parameter, List<TypedParameter> to) {
        for (String type : typesOf(parameter)) {
            if (set == SearchParameterSet.ALL || isWanted(type, parameter.getName())) {
                to.add(new TypedParameter(type, parameter));
            }
        }
    }

    private static void add(RuntimeSearchParam parameter, List<TypedParameter> to) {
        parameter.getBase().forEach(type -> to.add(new TypedParameter(type, parameter)));
    }

    private Set<String> typesOf(RuntimeSearchParam parameter) {
        boolean everyType =
                parameter.getBase().contains("Resource") || parameter.getBase().contains("DomainResource");
        return everyType ? fhir.getResourceTypes() : parameter.getBase();
    }

    private boolean isWanted(String type, String name) {
        return OF_EVERY_TYPE.contains(name)
                || listed.getOrDefault(type, List.of()).contains(name)
                || bindsToCompartment(type, name);
    }

    /** R4's compartment definitions, as HAPI's structures carry them. */
    private boolean bindsToCompartment(String type, String name) {
        RuntimeSearchParam parameter = fhir.getResourceDefinition(type).getSearchParam(name);
        return parameter != null
                && parameter.getProvidesMembershipInCompartments() != null
                && !parameter.getProvidesMembershipInCompartments().isEmpty();
    }

    /** A search parameter and one of the resource types that it is indexed for. */
    record TypedParameter(String type, RuntimeSearchParam parameter) {}
}
