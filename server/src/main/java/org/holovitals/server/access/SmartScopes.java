package org.holovitals.server.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.holovitals.server.access.SmartScope.Level;
import org.jspecify.annotations.Nullable;

/**
 * The SMART scopes of a token. Words that are no legal scope on a resource type of R4 are left out, so they grant
 * nothing.
 */
public final class SmartScopes {
    /** Of types and interactions there are fewer. */
    private static final int MOST_REMEMBERED = 1_000;

    private final List<SmartScope> granted;

    /** Each request of a token asks the same few questions again. */
    private final Map<Call.Asked, Permitting> answers = new ConcurrentHashMap<>();

    /** The legal ones. */
    public SmartScopes(List<SmartScope> granted) {
        this.granted = List.copyOf(granted);
    }

    /**
     * The scopes that permit something.
     *
     * @param names how the audit log names them
     */
    private record Permitting(List<SmartScope> scopes, List<String> names) {}

    /** Reads the {@code scope} claim: words with spaces between. */
    static SmartScopes parse(@Nullable String claim, Set<String> types) {
        return new SmartScopes(Arrays.stream(claim == null ? new String[0] : claim.split(" "))
                .map(word -> SmartScope.parse(word, types))
                .flatMap(Optional::stream)
                .distinct()
                .toList());
    }

    /** The legal ones. */
    public List<SmartScope> granted() {
        return granted;
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
        return permitting(type, interaction).scopes();
    }

    /** The same as version 2 spells them, without the values of their qualifiers, which could tell of somebody. */
    List<String> names(String type, Interaction interaction) {
        return permitting(type, interaction).names();
    }

    private Permitting permitting(String type, Interaction interaction) {
        Call.Asked asked = new Call.Asked(type, interaction);
        Permitting known = answers.get(asked);
        if (known != null) {
            return known;
        }
        List<SmartScope> scopes = granted.stream()
                .filter(scope -> scope.covers(type, interaction))
                .toList();
        Permitting found = new Permitting(
                scopes, scopes.stream().map(SmartScope::withoutValues).sorted().toList());
        if (answers.size() < MOST_REMEMBERED) {
            answers.put(asked, found);
        }
        return found;
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

    @Override
    public String toString() {
        return claim();
    }
}
