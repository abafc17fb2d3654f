package org.holovitals.server.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Grants.Grant;
import org.holovitals.server.access.SmartScope.Qualifier;

/**
 * What a search leaves out of what its ways find: resources of some patients that match all conditions.
 *
 * @param parameters the search parameters of which any may name the patient
 * @param patients FHIR ids
 */
public record Exclusion(List<String> parameters, Set<String> patients, List<Qualifier> conditions) {

    /** What consents open by too wide a search, and what belongs to a second patient who does not show it. */
    static List<Exclusion> of(List<Grant> permitted, String type, Compartments compartments) {
        Set<String> whole = permitted.stream()
                .flatMap(grant -> grant.sight().whole().stream())
                .collect(Collectors.toSet());
        return permitted.stream()
                .map(grant -> grant.sight().consented())
                .distinct()
                .flatMap(holdings -> Stream.concat(
                        of(compartments.binding(type), SearchWay.hidden(holdings, type, whole)),
                        type.equals("Patient")
                                ? Stream.empty()
                                : of(compartments.parameters(type), SearchWay.denied(holdings, type, whole))))
                .distinct()
                .toList();
    }

    private static Stream<Exclusion> of(List<String> parameters, List<SearchWay> ways) {
        return ways.stream().map(way -> new Exclusion(parameters, way.patients(), way.conditions()));
    }

    /** As queries, one for each search parameter that may name the patients. */
    List<String> queries() {
        return new SearchWay(false, patients, conditions).queries(parameters);
    }
}
