package org.holovitals.server.access;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.SmartScope.Qualifier;

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
        return caller.call()
                .ways(new Call.Asked(type, interaction), () -> caller.scopes().covering(type, interaction).stream()
                        .map(scope -> new Grant(sight(caller, scope.level()), scope.qualifiers()))
                        .distinct()
                        .toList());
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

    /** The patients of whom the caller's scopes reach anything. */
    Set<String> patients(Caller caller) {
        return sights(caller).flatMap(sight -> sight.patients().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether some record is reached by its patient's consent only. */
    boolean needConsent(Caller caller) {
        return sights(caller).anyMatch(sight -> !sight.consented().patients().isEmpty());
    }

    /** The consents of some patients by which the caller's scopes reach them. */
    Set<UUID> consents(Caller caller, Set<String> patients) {
        return sights(caller)
                .flatMap(sight -> sight.consented().grantsOf(patients).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Begins a call with what is remembered of consents, if anything is. */
    void assume(Caller caller) {
        consents.remembered(caller).ifPresent(caller.call()::assumeConsentVersion);
    }

    /** What others consented to, whatever the scopes. */
    Holdings held(Caller caller) {
        return caller.call().holdings(() -> consents.of(caller).holdings());
    }

    private Sight sight(Caller caller, SmartScope.Level level) {
        return switch (level) {
            case SYSTEM -> caller.isService() ? Sight.EVERYTHING : Sight.NOBODY;
            case PATIENT -> ofLaunch(caller);
            case USER -> ofUser(caller);
        };
    }

    /**
     * The record that the app was launched for. The realm names a record that an administrator linked to the user, or,
     * to a clinician, any that an EHR asked for: that one takes the patient's consent.
     */
    private Sight ofLaunch(Caller caller) {
        String patient = caller.patient();
        if (patient == null) {
            return Sight.NOBODY;
        }
        return caller.hasRole(Caller.ROLE_CLINICIAN) && !(PATIENT + patient).equals(caller.fhirUser())
                ? Sight.consented(held(caller).only(patient))
                : Sight.whole(patient);
    }

    private Sight ofUser(Caller caller) {
        if (caller.isService()) {
            return Sight.NOBODY;
        }
        String self = caller.fhirUser();
        if (caller.hasRole(Caller.ROLE_PATIENT) && self != null && self.startsWith(PATIENT)) {
            return Sight.whole(self.substring(PATIENT.length())).and(held(caller));
        }
        return caller.hasRole(Caller.ROLE_CLINICIAN) || caller.hasRole(Caller.ROLE_PATIENT)
                ? Sight.consented(held(caller))
                : Sight.NOBODY;
    }
}
