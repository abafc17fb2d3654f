package org.holovitals.server.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Grant;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;

/** Consents to do everything with whole records. */
final class WholeRecords {
    private static final Set<Permission> ALL = Arrays.stream(Action.values())
            .map(action -> new Permission(Part.ALL_PHI, action))
            .collect(Collectors.toUnmodifiableSet());

    private WholeRecords() {}

    static Held of(Collection<String> patients) {
        return new Held(
                patients.stream()
                        .map(patient -> new Grant(new UUID(0, patient.hashCode()), patient, ALL))
                        .toList(),
                List.of());
    }
}
