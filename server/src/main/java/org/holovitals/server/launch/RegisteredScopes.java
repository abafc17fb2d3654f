package org.holovitals.server.launch;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;

/**
 * The scopes that the issuer knows. It refuses a request with any other as a whole, where SMART wants it to grant what it
 * can.
 */
final class RegisteredScopes {
    private final Supplier<List<String>> announced;
    private final Supplier<List<String>> announcedNow;

    /**
     * The issuer's list.
     *
     * @param announced as it was in the last minutes
     * @param announcedNow as it is, for a scope that was registered just now
     */
    RegisteredScopes(Supplier<List<String>> announced, Supplier<List<String>> announcedNow) {
        this.announced = announced;
        this.announcedNow = announcedNow;
    }

    /** The registered ones of these scopes, in the issuer's spelling; empty when there are none. */
    String keep(String requested) {
        List<String> words = Arrays.stream(requested.split(" +"))
                .filter(word -> !word.isEmpty())
                .toList();
        Set<String> known = known(announced.get());
        boolean isComplete =
                words.stream().allMatch(word -> registered(word, known).isPresent());
        return kept(words, isComplete ? known : known(announcedNow.get()));
    }

    private static String kept(List<String> words, Set<String> known) {
        return words.stream()
                .map(word -> registered(word, known))
                .flatMap(Optional::stream)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> registered(String word, Set<String> known) {
        return ScopeSpellings.of(word).stream().filter(known::contains).findFirst();
    }

    /** An issuer that does not list scopes on resources keeps those of the catalogue to itself. */
    private static Set<String> known(Collection<String> listed) {
        Set<String> known = new HashSet<>(listed);
        known.add("openid");
        if (listed.stream().noneMatch(scope -> scope.startsWith("patient/"))) {
            ScopeCatalogue.all().stream().map(Scope::name).forEach(known::add);
        }
        return known;
    }
}
