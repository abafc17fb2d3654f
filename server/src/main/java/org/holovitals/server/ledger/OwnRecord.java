package org.holovitals.server.ledger;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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

    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private final Consents consents;
    private final KnownConsents known;

    OwnRecord(Consents consents, KnownConsents known) {
        this.consents = consents;
        this.known = known;
    }

    /**
     * The FHIR id of the Patient, which is written into the record of the request. The app needs a scope for AuditEvents.
     *
     * @param asked whose; null is the caller's own
     */
    String require(Caller caller, @Nullable String asked) {
        if (!LogReach.isWithinScopes(caller)) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "The scopes of the access token do not permit to read AuditEvents");
        }
        Set<String> own = LogReach.ownRecord(caller);
        String patient = asked == null ? own.stream().findFirst().orElse(null) : asked;
        if (patient == null) {
            throw new Problem(ProblemType.NOT_FOUND, "No record is known to be the caller's own");
        }
        note(caller, patient);
        if (!own.contains(patient) && !asProxy(caller).contains(patient)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return patient;
    }

    /** The patient was asked for, whether or not anything is shown; what is no FHIR id is nobody. */
    static void note(Caller caller, String patient) {
        if (!FHIR_ID.matcher(patient).matches()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        caller.call().record().about(patient);
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
