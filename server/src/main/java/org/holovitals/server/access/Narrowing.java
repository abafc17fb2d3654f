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
import org.holovitals.server.fhir.Subset;

/**
 * Adds to every search what the caller's scopes and consents leave of it, before it runs. HAPI comes by here with each
 * search that it makes for a request: by GET and POST, of a bundle's entry, of a condition, of a conditional reference.
 */
@Interceptor(order = RequestGate.ORDER)
public final class Narrowing implements StorageHooks {
    private static final String ID = "_id";
    private static final String PATIENT = "patient";

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
            List<Grant> permitted = grants.of(caller, type, Interaction.SEARCH).stream()
                    .filter(way -> isKnown(type, way.qualifiers()))
                    .toList();
            if (permitted.isEmpty()) {
                throw InteractionGate.refusal("A search of " + type);
            }
            narrow(type, search, permitted);
        }
    }

    private void narrow(String type, SearchParameterMap search, List<Grant> permitted) {
        List<SearchWay> ways = SearchWay.of(permitted, type, compartments.isShared(type));
        if (ways.stream().anyMatch(SearchWay::isUnlimited)) {
            return;
        }
        List<String> parameters = compartments.binding(type);
        if (ways.isEmpty() || (parameters.isEmpty() && ways.stream().noneMatch(SearchWay::isEverything))) {
            add(search, ID, new TokenParam(null, "-"));
            return;
        }
        List<String> without = Exclusion.of(permitted, type, compartments).stream()
                .flatMap(exclusion -> exclusion.queries().stream())
                .distinct()
                .toList();
        if (isBound(type, search, unconditional(ways))) {
            restrict(search, new Subset(List.of(), without));
        } else if (without.isEmpty() && ways.size() == 1 && isSimple(ways.get(0), parameters)) {
            bind(search, parameters.get(0), ways.get(0).patients().iterator().next());
        } else {
            restrict(
                    search,
                    new Subset(
                            ways.stream()
                                    .flatMap(way -> way.queries(parameters).stream())
                                    .toList(),
                            without));
        }
    }

    private static Set<String> unconditional(List<SearchWay> ways) {
        return ways.stream()
                .filter(way -> way.conditions().isEmpty())
                .flatMap(way -> way.patients().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** One patient by one parameter needs no subquery: a resource names her once. */
    private static boolean isSimple(SearchWay way, List<String> parameters) {
        return !way.isEverything()
                && way.conditions().isEmpty()
                && way.patients().size() == 1
                && parameters.size() == 1;
    }

    private static void bind(SearchParameterMap search, String parameter, String patient) {
        add(
                search,
                parameter,
                parameter.equals(ID) ? new TokenParam(null, patient) : new ReferenceParam("Patient/" + patient));
    }

    /** A parameter that this server does not know would be refused with the caller's search, or left out of it. */
    private boolean isKnown(String type, List<Qualifier> qualifiers) {
        try {
            qualifiers.forEach(qualifier -> criteria.translateMatchUrl(
                    type + "?" + qualifier.parameter() + "="
                            + URLEncoder.encode(qualifier.value(), StandardCharsets.UTF_8),
                    fhir.getResourceDefinition(type)));
            return true;
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    /** An app that asks by its own patient needs no more, and no slower, condition. */
    private boolean isBound(String type, SearchParameterMap search, Set<String> patients) {
        List<String> parameters = compartments.parameters(type);
        return search.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(ID))
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

    private static void restrict(SearchParameterMap search, Subset subset) {
        if (!subset.within().isEmpty() || !subset.without().isEmpty()) {
            add(search, ID, subset);
        }
    }

    /** First, since HAPI resolves some conditions of a bundle by the first value alone. */
    private static void add(SearchParameterMap search, String name, IQueryParameterType value) {
        List<List<IQueryParameterType>> former = search.get(name);
        List<List<IQueryParameterType>> all = new ArrayList<>();
        all.add(new ArrayList<>(List.of(value)));
        if (former != null) {
            former.stream().filter(values -> !values.equals(all.get(0))).forEach(all::add);
        }
        search.put(name, all);
    }
}
