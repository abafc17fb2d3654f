package org.holovitals.server.access;

import java.util.HashSet;
import java.util.Set;
import org.holovitals.server.access.SmartScope.Level;

/**
 * Which rows of the audit log a caller may read as AuditEvents. They are served from the log and not from HAPI's storage, so
 * the rules for stored resources do not reach them: a service reads all by a {@code system/} scope, a compliance officer
 * by a {@code user/} scope, a patient the rows about the own record. A scope with a search qualifier reads none.
 *
 * @param isEverything whether no row is left out
 * @param patients otherwise the FHIR ids of the patients whose rows are read
 */
public record LogReach(boolean isEverything, Set<String> patients) {
    /** The resource type. */
    public static final String TYPE = "AuditEvent";

    private static final LogReach EVERYTHING = new LogReach(true, Set.of());
    private static final String PATIENT = "Patient/";

    /** What the scopes and the roles of a caller come to. */
    public static LogReach of(Caller caller, Interaction interaction) {
        boolean isOfficer = !caller.isService() && caller.hasRole(Caller.ROLE_COMPLIANCE);
        if ((caller.isService() && permits(caller, Level.SYSTEM, interaction))
                || (isOfficer && permits(caller, Level.USER, interaction))) {
            return EVERYTHING;
        }
        Set<String> patients = new HashSet<>();
        for (String own : ownRecord(caller)) {
            if (permits(caller, Level.USER, interaction)
                    || (own.equals(caller.patient()) && permits(caller, Level.PATIENT, interaction))) {
                patients.add(own);
            }
        }
        return new LogReach(false, Set.copyOf(patients));
    }

    /** The FHIR id of the record that is a patient's own; none for others. */
    public static Set<String> ownRecord(Caller caller) {
        String self = caller.fhirUser();
        boolean isPatient = !caller.isService() && caller.hasRole(Caller.ROLE_PATIENT);
        return isPatient && self != null && self.startsWith(PATIENT)
                ? Set.of(self.substring(PATIENT.length()))
                : Set.of();
    }

    /** Whether the scopes of a user's app hold the log of somebody, so that it may read a ledger. */
    public static boolean isWithinScopes(Caller caller) {
        return permits(caller, Level.USER, Interaction.SEARCH) || permits(caller, Level.PATIENT, Interaction.SEARCH);
    }

    /** Whether nothing is read. */
    public boolean isNothing() {
        return !isEverything && patients.isEmpty();
    }

    static void require(Caller caller, Interaction interaction) {
        if (of(caller, interaction).isNothing()) {
            throw InteractionGate.refusal("The audit log");
        }
    }

    private static boolean permits(Caller caller, Level level, Interaction interaction) {
        return caller.scopes().covering(TYPE, interaction).stream()
                .anyMatch(scope -> scope.level() == level && scope.qualifiers().isEmpty());
    }
}
