package org.holovitals.server.bulk;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** The parameters of a request for a bulk operation, whether they stand in its URL or in a Parameters resource. */
final class Asked {
    private static final String VALUE = "[,;\\s]+";

    /** Say how to answer, not what with. */
    private static final Set<String> FORMAT = Set.of("_format", "_pretty");

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> preferences = new TreeSet<>();
    private final List<String> ignored = new ArrayList<>();

    private Asked() {}

    static Asked of(RequestDetails request) {
        Asked asked = new Asked();
        request.getParameters().forEach((name, each) -> Arrays.stream(each).forEach(value -> asked.add(name, value)));
        if (request.getResource() instanceof Parameters parameters) {
            parameters.getParameter().forEach(parameter -> asked.add(parameter.getName(), textOf(parameter)));
        }
        for (String header : request.getHeaders("Prefer")) {
            Arrays.stream(header.toLowerCase(Locale.ROOT).split(VALUE)).forEach(asked.preferences::add);
        }
        return asked;
    }

    private void add(String name, @Nullable String value) {
        if (value != null && !value.isBlank() && !FORMAT.contains(name)) {
            values.computeIfAbsent(name, each -> new ArrayList<>()).add(value.trim());
        }
    }

    private static @Nullable String textOf(ParametersParameterComponent parameter) {
        if (parameter.getValue() instanceof Reference reference) {
            return reference.getReference();
        }
        return parameter.getValue() instanceof PrimitiveType<?> value ? value.getValueAsString() : "";
    }

    /** Refuses a request that does not ask for an answer later: there is no other. */
    void requireAsync() {
        if (!preferences.contains("respond-async")) {
            throw new InvalidRequestException(
                    "This operation is answered later only: send the header Prefer: respond-async");
        }
    }

    /** Refuses every parameter but these. */
    void allowOnly(Set<String> names) {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                refuse("The parameter " + name + " is not supported; supported are "
                        + String.join(", ", new TreeSet<>(names)));
            }
        }
    }

    /** Throws what becomes a 400; with {@code handling=lenient} it is noted only. */
    void refuse(String text) {
        if (!preferences.contains("handling=lenient")) {
            throw new InvalidRequestException(text);
        }
        ignored.add(text);
    }

    /** What was refused leniently. */
    List<String> ignored() {
        return List.copyOf(ignored);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The values of a parameter, of which each may be a list with commas. */
    List<String> words(String name) {
        return all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    @Nullable
    String one(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw new InvalidRequestException("The parameter " + name + " may stand once only");
        }
        return all.isEmpty() ? null : all.get(0);
    }
}
