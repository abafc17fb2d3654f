package org.holovitals.server.ledger;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Whose ledger somebody reads: the own, or that of a record of which he is the proxy and nothing is kept from him. */
final class OwnRecord {
    private static final Permission READ_ALL = new Permission(Part.ALL_PHI, Action.READ);

    private final Consents consents;
    private final KnownConsents known;

    OwnRecord(Consents consents, KnownConsents known) {
        this.consents = consents;
        this.known = known;
    }

    /**
     * The FHIR id of the Patient, which is written into the record of the request.
     *
     * @param asked whose; null is the caller's own
     */
    String require(Caller caller, @Nullable String asked) {
        Set<String> own = LogReach.ownRecord(caller);
        String patient = asked == null ? own.stream().findFirst().orElse(null) : asked;
        if (patient == null) {
            throw new Problem(ProblemType.NOT_FOUND, "No record is known to be the caller's own");
        }
        if (!own.contains(patient) && !asProxy(caller).contains(patient)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        caller.call().record().about(patient);
        return patient;
    }

    private Set<String> asProxy(Caller caller) {
        Consents.Held held = consents.of(caller);
        Set<UUID> wide = held.grants().stream()
                .filter(grant -> grant.permissions().contains(READ_ALL))
                .map(Consents.Grant::id)
                .collect(Collectors.toSet());
        if (wide.isEmpty()) {
            return Set.of();
        }
        Set<String> records = new HashSet<>(known.ofProxies(wide));
        held.denials().forEach(denial -> records.remove(denial.patient()));
        return records;
    }
}
