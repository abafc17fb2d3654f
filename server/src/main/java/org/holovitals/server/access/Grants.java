package org.holovitals.server.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.holovitals.server.access.SmartScope.Qualifier;
import org.jspecify.annotations.Nullable;

/** What the scopes of a caller come to when they are cut down to what the caller himself may see. */
final class Grants {
    private static final String PATIENT = "Patient/";

    private final Consents consents;

    Grants(Consents consents) {
        this.consents = consents;
    }

    /**
     * One way in: any grant by itself suffices.
     *
     * @param qualifiers search parameters that have to match, all of them
     */
    record Grant(Sight sight, List<Qualifier> qualifiers) {}

    /** The grants for an interaction with a type; empty when the scopes do not permit it. */
    List<Grant> of(Caller caller, String type, Interaction interaction) {
        return caller.scopes().covering(type, interaction).stream()
                .map(scope -> new Grant(sight(caller, scope.level()), scope.qualifiers()))
                .distinct()
                .toList();
    }

    boolean permit(Caller caller, String type, Interaction interaction) {
        return !caller.scopes().covering(type, interaction).isEmpty();
    }

    /** Whose records the caller's scopes reach, of whatever type. */
    Stream<Sight> sights(Caller caller) {
        return Stream.of(SmartScope.Level.values())
                .filter(level -> caller.scopes().has(level))
                .map(level -> sight(caller, level));
    }

    private Sight sight(Caller caller, SmartScope.Level level) {
        return switch (level) {
            case SYSTEM -> caller.isService() ? Sight.EVERYTHING : Sight.NOBODY;
            case PATIENT -> only(caller.patient());
            case USER -> ofUser(caller);
        };
    }

    private Sight ofUser(Caller caller) {
        if (caller.isService()) {
            return Sight.NOBODY;
        }
        String self = caller.fhirUser();
        if (caller.hasRole(Caller.ROLE_PATIENT) && self != null && self.startsWith(PATIENT)) {
            return only(self.substring(PATIENT.length()));
        }
        return caller.hasRole(Caller.ROLE_CLINICIAN)
                ? Sight.of(consents.of(caller).patients())
                : Sight.NOBODY;
    }

    private static Sight only(@Nullable String patient) {
        return patient == null ? Sight.NOBODY : Sight.of(Set.of(patient));
    }
}
