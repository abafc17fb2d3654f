package org.holovitals.server.consent;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Parts;

/** Parts of a record, as far as types tell them: some types belong to two parts. */
final class PartTypes {
    private PartTypes() {}

    /** The types of some parts, in alphabetical order; none for the whole record. */
    static List<String> of(Collection<Part> parts) {
        return parts.stream()
                .flatMap(part -> Parts.types(part).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The parts to which any of the types belongs: what a denial of the types keeps back. */
    static Set<Part> touching(Set<String> types) {
        return Arrays.stream(Part.values())
                .filter(part -> Parts.types(part).stream().anyMatch(types::contains))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /** The parts that are made of nothing but these types. */
    static Set<Part> within(Set<String> types) {
        return Arrays.stream(Part.values())
                .filter(part -> part != Part.ALL_PHI && types.containsAll(Parts.types(part)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /** Those of the types of which some parts do not hold everything. */
    static Set<String> notWholly(Set<String> types, Set<Part> parts) {
        return types.stream()
                .filter(type -> {
                    Set<Part> all = touching(Set.of(type));
                    return all.isEmpty() || !parts.containsAll(all);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
