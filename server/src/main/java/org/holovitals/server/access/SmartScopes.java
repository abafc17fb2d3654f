package org.holovitals.server.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.access.SmartScope.Level;
import org.jspecify.annotations.Nullable;

/**
 * The SMART scopes of a token. Words that are no legal scope on a resource type of R4 are left out, so they grant
 * nothing.
 *
 * @param granted the legal ones
 */
public record SmartScopes(List<SmartScope> granted) {

    /** Reads the {@code scope} claim: words with spaces between. */
    static SmartScopes parse(@Nullable String claim, Set<String> types) {
        return new SmartScopes(Arrays.stream(claim == null ? new String[0] : claim.split(" "))
                .map(word -> SmartScope.parse(word, types))
                .flatMap(Optional::stream)
                .distinct()
                .toList());
    }

    /** As the words of a claim, to be kept for work that is done later. */
    public String claim() {
        return granted.stream().map(SmartScope::text).collect(Collectors.joining(" "));
    }

    /** Whether some scope of a level permits an interaction with a type, if only with what its qualifiers match. */
    public boolean permits(Level level, String type, Interaction interaction) {
        return granted.stream().anyMatch(scope -> scope.level() == level && scope.covers(type, interaction));
    }

    /** The scopes that permit an interaction with a type; each by itself suffices, within its qualifiers. */
    List<SmartScope> covering(String type, Interaction interaction) {
        return granted.stream().filter(scope -> scope.covers(type, interaction)).toList();
    }

    /** Whether every type may be met with an interaction, without qualifiers. */
    boolean permitAll(Level level, Interaction interaction) {
        return granted.stream()
                .anyMatch(scope -> scope.level() == level
                        && scope.type().equals(SmartScope.ANY_TYPE)
                        && scope.qualifiers().isEmpty()
                        && scope.interactions().contains(interaction));
    }

    /** Whether any scope is of a level. */
    boolean has(Level level) {
        return granted.stream().anyMatch(scope -> scope.level() == level);
    }
}
