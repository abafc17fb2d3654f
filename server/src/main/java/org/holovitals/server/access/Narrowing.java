package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.access.Grants.Grant;
import org.holovitals.server.access.SmartScope.Qualifier;
import org.holovitals.server.fhir.StorageHooks;

/**
 * Adds to every search what the caller's scopes leave of it, before it runs. HAPI comes by here with each search that
 * it makes for a request: by GET and POST, of a bundle's entry, of a condition, of a conditional reference.
 */
@Interceptor(order = RequestGate.ORDER)
public final class Narrowing implements StorageHooks {
    private static final String FILTER = "_filter";
    private static final String PATIENT = "patient";
    private static final String SUBJECT = "subject";

    private final FhirContext fhir;
    private final Grants grants;
    private final InteractionGate gate;
    private final Compartments compartments;
    private final SearchRules rules;
    private final MatchUrlService criteria;

    Narrowing(
            FhirContext fhir,
            Grants grants,
            InteractionGate gate,
            Compartments compartments,
            MatchUrlService criteria) {
        this.fhir = fhir;
        this.grants = grants;
        this.gate = gate;
        this.compartments = compartments;
        this.rules = new SearchRules(compartments);
        this.criteria = criteria;
    }

    /** Changes the search; throws what a search beyond the scopes is answered with. */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void narrow(SearchParameterMap search, ICachedSearchDetails details, RequestDetails request) {
        Optional<Caller> caller = RequestCaller.of(request);
        if (caller.isPresent()) {
            narrow(caller.get(), details.getResourceType(), search);
        }
    }

    private void narrow(Caller caller, String type, SearchParameterMap search) {
        gate.require(caller, type, Interaction.SEARCH);
        if (!caller.isService()) {
            rules.check(search);
        }
        // $everything starts from a patient whom the gate has looked at; what it finds is looked at when it is shown.
        if (search.getEverythingMode() == null) {
            List<Grant> ways = grants.of(caller, type, Interaction.SEARCH).stream()
                    .filter(way -> isKnown(type, way.qualifiers()))
                    .toList();
            narrow(type, search, ways);
        }
    }

    private void narrow(String type, SearchParameterMap search, List<Grant> ways) {
        if (ways.isEmpty()) {
            throw InteractionGate.refusal("A search of " + type);
        }
        if (ways.stream()
                .anyMatch(way -> reachesAll(type, way) && way.qualifiers().isEmpty())) {
            return;
        }
        if (ways.size() == 1 || ways.stream().map(Grant::qualifiers).distinct().count() == 1) {
            Set<String> patients = ways.stream()
                    .flatMap(way -> way.sight().patients().stream())
                    .collect(Collectors.toSet());
            boolean isBound = ways.stream().anyMatch(way -> reachesAll(type, way));
            if (!isBound) {
                bind(type, search, patients);
            }
            qualify(type, search, ways.get(0).qualifiers());
        } else {
            add(search, FILTER, List.of(new StringParam(Filters.anyOf(ways, way -> filter(type, way)))));
        }
    }

    private boolean reachesAll(String type, Grant way) {
        return way.sight().isEverything() || compartments.isShared(type);
    }

    /** A parameter that this server does not know would be refused with the caller's search, or left out of it. */
    private boolean isKnown(String type, List<Qualifier> qualifiers) {
        try {
            qualifiers.forEach(qualifier -> parse(type, qualifier));
            return true;
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    private SearchParameterMap parse(String type, Qualifier qualifier) {
        String value = URLEncoder.encode(qualifier.value(), StandardCharsets.UTF_8);
        return criteria.translateMatchUrl(
                type + "?" + qualifier.parameter() + "=" + value, fhir.getResourceDefinition(type));
    }

    private void qualify(String type, SearchParameterMap search, List<Qualifier> qualifiers) {
        for (Qualifier qualifier : qualifiers) {
            parse(type, qualifier).entrySet().forEach(entry -> entry.getValue()
                    .forEach(values -> add(search, entry.getKey(), values)));
        }
    }

    private void bind(String type, SearchParameterMap search, Set<String> patients) {
        List<String> parameters = compartments.parameters(type);
        if (parameters.isEmpty() || patients.isEmpty()) {
            add(search, "_id", List.of(new TokenParam(null, "-")));
        } else if (type.equals("Patient")) {
            add(
                    search,
                    "_id",
                    patients.stream().map(id -> new TokenParam(null, id)).toList());
        } else if (isBound(search, parameters, patients)) {
            return;
        } else if (parameters.size() == 1 || parameters.contains(SUBJECT)) {
            // Other roles, such as the performer, are found by who asks for them: HAPI finds a resource as often as a
            // _filter has ways to it, and its pages then end too early.
            add(search, parameters.contains(SUBJECT) ? SUBJECT : parameters.get(0), references(patients));
        } else {
            add(search, FILTER, List.of(new StringParam(Filters.ofPatients(parameters, patients))));
        }
    }

    /** An app that asks by its own patient needs no more, and no slower, condition. */
    private static boolean isBound(SearchParameterMap search, List<String> parameters, Set<String> patients) {
        return search.entrySet().stream()
                .filter(entry ->
                        parameters.contains(entry.getKey()) || entry.getKey().equals(PATIENT))
                .anyMatch(entry -> entry.getValue().stream()
                        .anyMatch(values -> !values.isEmpty()
                                && values.stream().allMatch(value -> isOf(entry.getKey(), value, patients))));
    }

    private static boolean isOf(String parameter, IQueryParameterType value, Set<String> patients) {
        String modifier = value.getQueryParameterQualifier();
        return value instanceof ReferenceParam reference
                && (modifier == null || modifier.isEmpty() || modifier.equals(":Patient"))
                && reference.getMissing() == null
                && ("Patient".equals(reference.getResourceType())
                        || (reference.getResourceType() == null && parameter.equals(PATIENT)))
                && reference.getBaseUrl() == null
                && patients.contains(reference.getIdPart());
    }

    private static List<ReferenceParam> references(Set<String> patients) {
        return patients.stream().map(id -> new ReferenceParam("Patient/" + id)).toList();
    }

    private String filter(String type, Grant way) {
        String qualified = Filters.ofQualifiers(way.qualifiers());
        return reachesAll(type, way)
                ? qualified
                : Filters.allOf(
                        Filters.ofPatients(
                                compartments.parameters(type), way.sight().patients()),
                        qualified);
    }

    private static void add(SearchParameterMap search, String name, List<? extends IQueryParameterType> values) {
        List<List<IQueryParameterType>> former = search.get(name);
        if (former != null && former.contains(values)) {
            return;
        }
        List<List<IQueryParameterType>> all = former == null ? new ArrayList<>() : new ArrayList<>(former);
        all.add(new ArrayList<>(values));
        search.put(name, all);
    }
}
