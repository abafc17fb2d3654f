package org.holovitals.server.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.server.access.SmartScope.Qualifier;

/** Writes FHIR's {@code _filter} expressions, the only way to ask for one parameter or another. */
final class Filters {
    private Filters() {}

    static String ofPatients(List<String> parameters, Set<String> patients) {
        if (parameters.isEmpty() || patients.isEmpty()) {
            return "_id eq \"-\"";
        }
        return parameters.stream()
                .flatMap(parameter ->
                        patients.stream().map(id -> equal(parameter, parameter.equals("_id") ? id : "Patient/" + id)))
                .collect(Collectors.joining(" or ", "(", ")"));
    }

    static String ofQualifiers(List<Qualifier> qualifiers) {
        return qualifiers.stream()
                .map(qualifier -> java.util.Arrays.stream(qualifier.value().split(",", -1))
                        .map(value -> equal(qualifier.parameter(), value))
                        .collect(Collectors.joining(" or ", "(", ")")))
                .collect(Collectors.joining(" and "));
    }

    static String allOf(String first, String second) {
        return second.isEmpty() ? first : first + " and (" + second + ")";
    }

    static <T> String anyOf(Collection<T> alternatives, Function<T, String> filter) {
        return alternatives.stream().map(filter).collect(Collectors.joining(") or (", "(", ")"));
    }

    private static String equal(String parameter, String value) {
        return "(" + parameter + " eq \"" + value.replace("\\", "").replace("\"", "\\\"") + "\")";
    }
}
