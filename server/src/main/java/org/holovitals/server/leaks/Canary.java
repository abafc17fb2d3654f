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
 * @param isPart whether only these resources are not to be seen, and the patient is
 */
record Canary(String patient, String marker, Set<String> identifiers, Map<String, String> ids, boolean isPart) {

    /** Those resources of it that are of some types. */
    Canary part(Set<String> types) {
        return new Canary(
                patient,
                marker,
                identifiers,
                ids.entrySet().stream()
                        .filter(id -> types.contains(id.getKey()))
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
                true);
    }

    /** Whatever tells of the patient when it stands in an answer. */
    Set<String> traces() {
        if (isPart) {
            return Set.copyOf(ids.values());
        }
        return Stream.of(Stream.of(patient, marker), identifiers.stream(), ids.values().stream())
                .flatMap(traces -> traces)
                .collect(Collectors.toUnmodifiableSet());
    }
}
