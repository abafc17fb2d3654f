package org.holovitals.keycloak.scopes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of resource types in plain words. */
final class Words {
    private static final Map<Character, String> VERBS =
            Map.of('c', "create", 'r', "read", 'u', "update", 'd', "delete", 's', "search");

    private Words() {}

    /** {@code AllergyIntolerance} becomes "allergy intolerance records". */
    static String of(String type) {
        if (type.equals("*")) {
            return "all records";
        }
        return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT) + " records";
    }

    /** {@code rs} becomes "Read, search". */
    static String ofPermission(String permission) {
        return switch (permission) {
            case "read" -> "Read and search";
            case "write" -> "Write and delete";
            case "*" -> "Read, write and delete";
            default -> {
                String verbs = permission
                        .chars()
                        .mapToObj(letter -> VERBS.getOrDefault((char) letter, "use"))
                        .collect(Collectors.joining(", "));
                yield verbs.substring(0, 1).toUpperCase(Locale.ROOT) + verbs.substring(1);
            }
        };
    }

    /** {@code category=http://…|laboratory&status=final} becomes "category laboratory, status final". */
    static String ofQuery(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(condition -> condition.split("=", 2))
                .map(condition -> condition[0] + " " + code(condition[condition.length - 1]))
                .collect(Collectors.joining(", "));
    }

    private static String code(String value) {
        String decoded = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        return decoded.substring(decoded.lastIndexOf('|') + 1);
    }
}
