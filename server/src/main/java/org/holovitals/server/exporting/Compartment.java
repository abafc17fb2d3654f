package org.holovitals.server.exporting;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The types of R4's patient compartment, each with the paths by which its resources belong to a patient. */
final class Compartment {
    static final String PATIENT = "Patient";

    /** Of the compartment when they name a patient, and else something that the records of several refer to. */
    private static final Set<String> ALSO_NOBODYS = Set.of("Device", "Group");

    private final Map<String, Set<String>> paths = new HashMap<>();

    Compartment(FhirContext fhir) {
        for (String type : fhir.getResourceTypes()) {
            for (RuntimeSearchParam parameter :
                    fhir.getResourceDefinition(type).getSearchParamsForCompartmentName(PATIENT)) {
                paths.computeIfAbsent(type, each -> new TreeSet<>())
                        .addAll(parameter.getPathsSplitForResourceType(type));
            }
        }
    }

    /** None for a type that is no patient's. */
    Set<String> paths(String type) {
        return paths.getOrDefault(type, Set.of());
    }

    boolean holds(String type) {
        return paths.containsKey(type) || type.equals(PATIENT);
    }

    /** Whether resources of a type are found by what refers to them. */
    boolean isReferredTo(String type) {
        return !holds(type) || ALSO_NOBODYS.contains(type);
    }
}
