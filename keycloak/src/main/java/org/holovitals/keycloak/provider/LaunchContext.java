package org.holovitals.keycloak.provider;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * What an app learns of its launch beside its tokens (SMART App Launch, "Launch context arrives with your access
 * token"), by the parameters' names.
 */
record LaunchContext(Map<String, Object> parameters) {
    /** The names that we pass on; whatever else the EHR says stays here. */
    private static final List<String> NAMES = List.of(
            "patient", "encounter", "need_patient_banner", "smart_style_url", "intent", "tenant", "fhirContext");

    private static final List<String> CLAIMS = List.of("patient", "encounter", "intent");

    LaunchContext {
        parameters = new LinkedHashMap<>(parameters);
        parameters.keySet().retainAll(NAMES);
    }

    static LaunchContext ofPatient(String patient) {
        return new LaunchContext(Map.of("patient", patient, "need_patient_banner", true));
    }

    static LaunchContext parse(String json) {
        try {
            return new LaunchContext(JsonSerialization.readValue(json, new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From a claim of a token, which is a JSON object or missing. */
    static @Nullable LaunchContext ofClaim(@Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        map.forEach((name, value) -> parameters.put(String.valueOf(name), value));
        return new LaunchContext(parameters);
    }

    /** The part that stands in the access token, where the resource server and introspection read it. */
    Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>(parameters);
        claims.keySet().retainAll(CLAIMS);
        return claims;
    }

    String json() {
        try {
            return JsonSerialization.writeValueAsString(parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
