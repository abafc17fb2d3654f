package org.holovitals.server.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of the record its owner's app may find, by what it is known again. Each is matched by one entry of a file at the most. */
final class KnownRecord {
    private final Map<String, Known> byReference = new HashMap<>();
    private final Map<String, List<Known>> byIdentifier = new HashMap<>();
    private final Map<String, List<Known>> byFact = new HashMap<>();
    private final Map<String, List<Known>> byMoment = new HashMap<>();
    private final Map<String, List<Known>> byPrint = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    void add(Known known) {
        byReference.put(known.reference(), known);
        index(byIdentifier, known.likeness().identifiers(), known);
        index(byFact, known.likeness().facts(), known);
        index(byMoment, known.likeness().moments(), known);
        index(byPrint, Set.of(known.type() + known.likeness().print()), known);
    }

    private static void index(Map<String, List<Known>> index, Collection<String> keys, Known known) {
        keys.forEach(
                key -> index.computeIfAbsent(key, unknown -> new ArrayList<>(1)).add(known));
    }

    /** Takes a resource out of what is still to be matched. */
    void take(Known known) {
        taken.add(known.reference());
    }

    /** The one of a reference, such as an earlier import has written. */
    Optional<Known> at(@Nullable String reference) {
        return Optional.ofNullable(reference).map(byReference::get).filter(this::isFree);
    }

    /** One with the same identifier, if both state the same thing; several resources may have the number of one order. */
    Optional<Known> identified(Likeness likeness) {
        return all(byIdentifier, likeness.identifiers())
                .filter(known -> known.likeness().isAbout(likeness))
                .max((one, other) -> Boolean.compare(isSame(one, likeness), isSame(other, likeness)));
    }

    private static boolean isSame(Known known, Likeness likeness) {
        return known.likeness().print().equals(likeness.print());
    }

    /** One with the same content. */
    Optional<Known> same(String type, Likeness likeness) {
        return all(byPrint, Set.of(type + likeness.print())).findFirst();
    }

    /** One that states the same fact. */
    Optional<Known> stating(Likeness likeness) {
        return all(byFact, likeness.facts()).findFirst();
    }

    /** One that has another value for the same moment. */
    Optional<Known> contradicting(Likeness likeness) {
        return all(byMoment, likeness.moments()).findFirst();
    }

    private Stream<Known> all(Map<String, List<Known>> index, Set<String> keys) {
        return keys.stream()
                .flatMap(key -> index.getOrDefault(key, List.of()).stream())
                .filter(this::isFree);
    }

    private boolean isFree(Known known) {
        return !taken.contains(known.reference());
    }
}
