package org.holovitals.server.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a modifier that a search parameter does not have: HAPI would search without it, which finds other resources
 * than the client asked for. The lists are R4's (search.html#modifiers) as far as HAPI serves them.
 */
final class SearchModifiers {
    private static final Map<RestSearchParameterTypeEnum, List<String>> BY_TYPE =
            new EnumMap<>(RestSearchParameterTypeEnum.class);
    /** Parameters that are in no registry, or that HAPI serves with fewer modifiers than their type has. */
    private static final Map<String, List<String>> BY_NAME = Map.ofEntries(
            Map.entry("_id", List.of("not")),
            Map.entry("_lastUpdated", List.of()),
            Map.entry("_list", List.of()),
            Map.entry("_filter", List.of()),
            Map.entry("_text", List.of("contains")),
            Map.entry("_content", List.of("contains")));
    /** Parameters that select nothing: they say what to add to the answer and how to write it. */
    private static final Map<String, List<String>> CONTROLS = Map.ofEntries(
            Map.entry("_include", List.of("iterate", "recurse")),
            Map.entry("_revinclude", List.of("iterate", "recurse")),
            Map.entry("_elements", List.of("exclude")),
            Map.entry("_sort", List.of("asc", "desc")),
            Map.entry("_format", List.of()),
            Map.entry("_pretty", List.of()),
            Map.entry("_summary", List.of()),
            Map.entry("_count", List.of()),
            Map.entry("_offset", List.of()),
            Map.entry("_total", List.of()),
            Map.entry("_contained", List.of()),
            Map.entry("_containedType", List.of()),
            Map.entry("_query", List.of()),
            Map.entry("_type", List.of()),
            Map.entry("_bundletype", List.of()),
            Map.entry("_cascade", List.of()),
            Map.entry("_expunge", List.of()),
            Map.entry("_includeDeleted", List.of()));

    private static final List<String> OF_REFERENCES = List.of("mdm", "missing");

    static {
        BY_TYPE.put(RestSearchParameterTypeEnum.STRING, List.of("contains", "exact", "missing", "nickname"));
        BY_TYPE.put(
                RestSearchParameterTypeEnum.TOKEN,
                List.of("above", "below", "in", "missing", "not", "not-in", "of-type"));
        BY_TYPE.put(RestSearchParameterTypeEnum.URI, List.of("above", "below", "contains", "missing"));
    }

    private final ISearchParamRegistry registry;
    private final Set<String> types;

    SearchModifiers(ISearchParamRegistry registry, Set<String> types) {
        this.registry = registry;
        this.types = types;
    }

    /** Whether a parameter narrows what is found. */
    static boolean selects(String parameter) {
        return !CONTROLS.containsKey(parameter.substring(0, endOfName(parameter)));
    }

    /** Throws what becomes a 400 that names the legal modifiers. */
    void check(@Nullable String type, String parameter) {
        problemOf(type, parameter).ifPresent(problem -> {
            throw new InvalidRequestException(problem);
        });
    }

    private Optional<String> problemOf(@Nullable String type, String parameter) {
        int end = endOfName(parameter);
        String name = parameter.substring(0, end);
        String qualifier = parameter.substring(end);
        if (name.equals("_has") || name.startsWith("_getpages")) {
            return Optional.empty();
        }
        List<String> legal = BY_NAME.getOrDefault(name, CONTROLS.get(name));
        if (legal != null) {
            return problemOf(name, qualifier, legal);
        }
        RuntimeSearchParam known =
                type == null ? null : registry.getActiveSearchParam(type, name, SearchParamLookupContextEnum.SEARCH);
        if (known == null) {
            // HAPI refuses an unknown parameter itself, but for these.
            return name.startsWith("_") && type != null && !name.equals("_language")
                    ? Optional.of("A search has no parameter " + name)
                    : Optional.empty();
        }
        return known.getParamType() == RestSearchParameterTypeEnum.REFERENCE
                ? problemOfReference(known, qualifier)
                : problemOf(name, qualifier, BY_TYPE.getOrDefault(known.getParamType(), List.of("missing")));
    }

    private Optional<String> problemOfReference(RuntimeSearchParam parameter, String qualifier) {
        int dot = qualifier.indexOf('.');
        String modifier = dot < 0 ? qualifier : qualifier.substring(0, dot);
        boolean typed = modifier.length() > 1 && types.contains(modifier.substring(1));
        if (dot < 0) {
            return typed
                    ? Optional.empty()
                    : problemOf(parameter.getName(), modifier, OF_REFERENCES)
                            .map(problem -> problem + ", or a resource type such as :Patient");
        }
        if (!typed && !modifier.isEmpty()) {
            return Optional.of("Search parameter " + parameter.getName() + " is chained through " + modifier
                    + ", which is not a resource type");
        }
        return problemOfChain(
                typed ? Set.of(modifier.substring(1)) : parameter.getTargets(), qualifier.substring(dot + 1));
    }

    /** A chain is right if it is for one of the types that the reference may lead to. */
    private Optional<String> problemOfChain(Set<String> targets, String rest) {
        String name = rest.substring(0, endOfName(rest));
        List<Optional<String>> problems = targets.stream()
                .filter(types::contains)
                .filter(target ->
                        registry.getActiveSearchParam(target, name, SearchParamLookupContextEnum.SEARCH) != null)
                .map(target -> problemOf(target, rest))
                .toList();
        return problems.stream().anyMatch(Optional::isEmpty) || problems.isEmpty() ? Optional.empty() : problems.get(0);
    }

    private static Optional<String> problemOf(String name, String qualifier, List<String> legal) {
        if (qualifier.isEmpty() || (qualifier.charAt(0) == ':' && legal.contains(qualifier.substring(1)))) {
            return Optional.empty();
        }
        return Optional.of("Search parameter " + name + " does not have " + qualifier + "; "
                + (legal.isEmpty() ? "it has no modifiers" : "its modifiers are :" + String.join(", :", legal)));
    }

    private static int endOfName(String parameter) {
        for (int i = 0; i < parameter.length(); i++) {
            if (parameter.charAt(i) == ':' || parameter.charAt(i) == '.') {
                return i;
            }
        }
        return parameter.length();
    }
}
