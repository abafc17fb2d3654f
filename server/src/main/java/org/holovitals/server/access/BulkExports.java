package org.holovitals.server.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.holovitals.server.access.SmartScope.Level;

/** A bulk export is for a backend service whose {@code system/} scopes hold, whole, all the types that it takes out. */
public final class BulkExports {
    private static final List<Interaction> READING = List.of(Interaction.READ, Interaction.SEARCH);

    private BulkExports() {}

    /**
     * What an export takes out that asks for some types, or for none in particular: then all that the scopes hold, as the
     * Bulk Data specification says.
     *
     * @return the types; none when it is everything, whatever types there are
     * @throws ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException when the scopes do not hold them
     */
    public static Set<String> types(Caller caller, Collection<String> asked, Collection<String> known) {
        if (hold(caller, asked)) {
            return Set.copyOf(asked);
        }
        Set<String> held = new TreeSet<>();
        if (asked.isEmpty()) {
            known.stream().filter(type -> isWholly(caller, type)).forEach(held::add);
        }
        if (held.isEmpty()) {
            throw InteractionGate.refusal("An export of these types");
        }
        return held;
    }

    /** Whether the scopes of a caller hold some types, or everything when there are none. */
    public static boolean hold(Caller caller, Collection<String> types) {
        return caller.isService()
                && (types.isEmpty()
                        ? READING.stream()
                                .allMatch(interaction -> caller.scopes().permitAll(Level.SYSTEM, interaction))
                        : types.stream().allMatch(type -> isWholly(caller, type)));
    }

    private static boolean isWholly(Caller caller, String type) {
        return caller.isService()
                && READING.stream().allMatch(interaction -> caller.scopes().covering(type, interaction).stream()
                        .anyMatch(scope -> scope.level() == Level.SYSTEM
                                && scope.qualifiers().isEmpty()));
    }
}
