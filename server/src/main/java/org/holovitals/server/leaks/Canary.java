package org.holovitals.server.leaks;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A patient and the resources that were made to be looked for in answers.
 *
 * @param patient FHIR id
 * @param marker stands in each resource that was made
 * @param identifiers those of the patient
 * @param ids the made resources' ids by type
 */
record Canary(String patient, String marker, Set<String> identifiers, Map<String, String> ids) {

    /** Whatever tells of the patient when it stands in an answer. */
    Set<String> traces() {
        return Stream.of(Stream.of(patient, marker), identifiers.stream(), ids.values().stream())
                .flatMap(traces -> traces)
                .collect(Collectors.toUnmodifiableSet());
    }
}
