package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletSubRequestDetails;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the query of a request, or of an entry in a batch, or of a condition, for what HAPI would ignore. */
final class QueryCheck {
    private static final Set<String> OF_HISTORIES = Set.of("_since", "_at");

    /** HAPI passes over others, such as {@code start}, and would answer more than was asked for. */
    private static final Set<String> OF_EVERYTHING = Set.of(
            "_count",
            "_offset",
            "_since",
            "_type",
            "_lastUpdated",
            "_content",
            "_text",
            "_filter",
            "_mdm",
            "_id",
            "_sort",
            "_format",
            "_pretty",
            "_summary",
            "_elements",
            "_elements:exclude");

    private static final int MOST = 50;

    private final ControlParameters controls;
    private final SearchModifiers modifiers;
    private final SearchValues values;

    QueryCheck(FhirContext fhir, ISearchParamRegistry registry) {
        controls = new ControlParameters(fhir);
        modifiers = new SearchModifiers(registry, fhir.getResourceTypes());
        values = new SearchValues(fhir, registry);
    }

    /** Throws what becomes a 400 that names the parameter. */
    void request(RequestDetails request, RestOperationTypeEnum interaction) {
        Map<String, String[]> parameters = request.getParameters();
        controls(request);
        if (interaction == RestOperationTypeEnum.SEARCH_TYPE) {
            checkCount(parameters);
            parameters.forEach((name, each) -> {
                for (String value : each) {
                    search(request.getResourceName(), name, value);
                }
            });
        } else {
            checkOperation(request);
            OF_HISTORIES.forEach(name -> {
                for (String value : parameters.getOrDefault(name, new String[0])) {
                    values.check(null, name, value);
                }
            });
        }
    }

    /** What says how to answer; throws like {@link #request}. */
    void controls(RequestDetails request) {
        RequestHeaders.check(request);
        controls.check(request.getResourceName(), request.getParameters());
    }

    private static void checkOperation(RequestDetails request) {
        String operation = String.valueOf(request.getOperation());
        Set<String> names = request.getParameters().keySet();
        boolean isEverything = operation.equals("$everything");
        boolean isOfReader = operation.equals("$lastn") || (isEverything && names.contains("_since"));
        // There HAPI would answer, without a part of what was asked.
        if (isOfReader && (request instanceof ServletSubRequestDetails)) {
            throw new InvalidRequestException(
                    operation + (isEverything ? " with _since" : "") + " is not answered inside of a Bundle");
        }
        if (isEverything && names.contains("_since") && request.getId() == null) {
            throw new InvalidRequestException("$everything with _since is of one patient");
        }
        if (isEverything) {
            checkEverything(names);
        }
    }

    private static void checkEverything(Set<String> names) {
        names.stream().filter(name -> !OF_EVERYTHING.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidRequestException("$everything does not take " + name
                    + (name.equals("start") || name.equals("end") ? "; searches by date do, and _since" : ""));
        });
    }

    /** Each joins one more table. */
    private static void checkCount(Map<String, String[]> parameters) {
        int count = parameters.entrySet().stream()
                .filter(parameter -> SearchModifiers.selects(parameter.getKey()))
                .mapToInt(parameter -> parameter.getValue().length)
                .sum();
        if (count > MOST) {
            throw new InvalidRequestException(
                    "The search has " + count + " parameters; at most " + MOST + " are allowed");
        }
    }

    /** One parameter of a search. */
    void search(@Nullable String type, String name, String value) {
        modifiers.check(type, name);
        values.check(type, name, value);
    }
}
