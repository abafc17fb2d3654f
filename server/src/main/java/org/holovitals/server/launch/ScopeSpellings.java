package org.holovitals.server.launch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ways to write the same scope: letters in another order, version 1 and 2 of SMART, an escaped query. None of them grants
 * more or less than another.
 */
final class ScopeSpellings {
    private static final Pattern DATA =
            Pattern.compile("((?:patient|user|system)/[A-Za-z*]+)\\.([a-z]+|\\*)(\\?.+)?", Pattern.DOTALL);
    private static final Pattern LETTERS = Pattern.compile("(?:([cruds])(?!.*\\1))+");

    /** Version 1 beside what it means in version 2 (SMART App Launch 2.2, "Scopes for requesting FHIR Resources"). */
    private static final List<List<String>> SAME =
            List.of(List.of("read", "rs"), List.of("write", "cud"), List.of("*", "cruds"));

    private ScopeSpellings() {}

    /** The scope as it stands first, then the others. */
    static Set<String> of(String scope) {
        Set<String> spellings = new LinkedHashSet<>(List.of(scope));
        Matcher parts = DATA.matcher(scope);
        if (parts.matches()) {
            for (String permission : permissions(parts.group(2), parts.group(3) == null)) {
                queries(parts.group(3)).forEach(query -> spellings.add(parts.group(1) + "." + permission + query));
            }
        }
        return spellings;
    }

    /** Version 1 has no queries, so a scope with one has no other version. */
    private static List<String> permissions(String permission, boolean isWhole) {
        List<String> same = new ArrayList<>(List.of(ordered(permission)));
        if (isWhole) {
            SAME.stream().filter(pair -> pair.contains(same.get(0))).findAny().ifPresent(same::addAll);
        }
        return same;
    }

    private static String ordered(String permission) {
        if (!LETTERS.matcher(permission).matches()) {
            return permission;
        }
        return "cruds"
                .chars()
                .filter(letter -> permission.indexOf(letter) >= 0)
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }

    private static List<String> queries(@Nullable String query) {
        if (query == null) {
            return List.of("");
        }
        return decoded(query).map(plain -> List.of(query, plain)).orElse(List.of(query));
    }

    private static Optional<String> decoded(String query) {
        try {
            return Optional.of(URLDecoder.decode(query.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
