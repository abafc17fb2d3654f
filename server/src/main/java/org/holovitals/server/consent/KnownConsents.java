package org.holovitals.server.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Grant;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.consent.HeldRows.Active;
import org.holovitals.server.consent.HeldRows.Rows;
import org.holovitals.server.consent.HeldRows.Version;
import org.jspecify.annotations.Nullable;

/**
 * A user's rows, and what comes of them. Where that is the same for each of his requests, it is worked out once, until the next
 * grant ends.
 */
final class KnownConsents {
    private final Version version;
    private final Rows rows;
    private final boolean isSameForEachCall;
    private volatile @Nullable Lasting lasting;

    /** Of rows that are as new as the version at least. */
    KnownConsents(Version version, Rows rows) {
        this.version = version;
        this.rows = rows;
        this.isSameForEachCall =
                rows.grants().stream().allMatch(active -> active.restrictions().holdForEachCall());
    }

    /** What holds for a user in these roles before an instant. */
    private record Lasting(Set<Kind> kinds, Instant end, Held held) {
        boolean isFor(Set<Kind> others, Instant now) {
            return now.isBefore(end) && kinds.equals(others);
        }
    }

    Version version() {
        return version;
    }

    boolean isOf(Version newest) {
        return version.equals(newest);
    }

    /** How many rows they are. */
    int size() {
        return rows.grants().size() + rows.denials().size();
    }

    /** What holds for a caller now, in the roles that he has. */
    Held held(Caller caller, Set<Kind> kinds, Instant now) {
        Lasting last = lasting;
        if (last != null && last.isFor(kinds, now)) {
            return last.held();
        }
        List<Active> inForce = rows.grants().stream()
                .filter(active -> kinds.contains(active.kind()) && active.isInForce(now))
                .toList();
        Held held = held(inForce, caller);
        if (isSameForEachCall) {
            lasting = new Lasting(kinds, firstEnd(inForce), held);
        }
        return held;
    }

    private Held held(List<Active> inForce, Caller caller) {
        Map<Boolean, List<Grant>> grants = inForce.stream()
                .collect(Collectors.partitioningBy(
                        active -> active.restrictions().holdFor(caller),
                        Collectors.mapping(Active::limited, Collectors.toList())));
        List<Grant> usable = grants.getOrDefault(true, List.of());
        return new Held(usable, denials(usable), grants.getOrDefault(false, List.of()));
    }

    private List<Denial> denials(Collection<Grant> usable) {
        Set<String> patients = usable.stream().map(Grant::patient).collect(Collectors.toSet());
        return rows.denials().stream()
                .filter(denial -> patients.contains(denial.patient()))
                .toList();
    }

    private static Instant firstEnd(Collection<Active> inForce) {
        Instant first = Instant.MAX;
        for (Active active : inForce) {
            Instant end = active.ends();
            first = end != null && end.isBefore(first) ? end : first;
        }
        return first;
    }
}
