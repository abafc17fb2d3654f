package org.holovitals.server.leaks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What to ask, and as whom.
 *
 * @param base the FHIR base URL
 * @param service a token that may write for any patient; with it the records are made, and removed at the end
 * @param patients FHIR ids of patients with an identifier, of whom nobody needs the records
 * @param callers who asks
 * @param cases how many of the cases to run, drawn at random; 0 for all
 * @param seed of the drawing
 */
public record LeakPlan(
        @JsonProperty(required = true) URI base,
        @JsonProperty(required = true) String service,
        @JsonProperty(required = true) List<String> patients,
        @JsonProperty(required = true) List<Caller> callers,
        int cases,
        long seed) {

    /**
     * One who asks.
     *
     * @param token an access token
     * @param sees the patients whose records the caller may see
     * @param hiddenTypes resource types of these records that the caller may not see, where consents are about a part;
     *     may be left out
     */
    public record Caller(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String token,
            @JsonProperty(required = true) Set<String> sees,
            Set<String> hiddenTypes) {

        /** Takes what is left out for nothing. */
        public Caller {
            hiddenTypes = Objects.requireNonNullElse(hiddenTypes, Set.of());
        }

        /** Who sees some records as a whole. */
        public static Caller ofWholeRecords(String name, String token, Set<String> sees) {
            return new Caller(name, token, sees, Set.of());
        }
    }

    /** Checks that there is somebody not to be seen. */
    public LeakPlan {
        if (patients.size() < 2 || callers.isEmpty()) {
            throw new IllegalArgumentException("A plan needs two patients and a caller");
        }
        for (Caller caller : callers) {
            if (caller.sees().containsAll(patients) && caller.hiddenTypes().isEmpty()) {
                throw new IllegalArgumentException(
                        "The caller " + caller.name() + " sees every patient of the plan, so nothing could leak");
            }
        }
    }
}
