package org.holovitals.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.access.SmartScope.Level;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as a checked token says.
 *
 * @param subject the issuer's id of the user or service
 * @param client the app
 * @param session the issuer's session; a service has none
 * @param email as the token has it
 * @param name of the person, as the token has it
 * @param patient the FHIR id of the patient in the context of the launch
 * @param fhirUser the resource of the user, such as {@code Practitioner/7}
 * @param roles the realm's roles of the user
 * @param scopes what the app was granted
 * @param isService whether the app calls for itself, without a user
 * @param call the request that he makes
 */
public record Caller(
        String subject,
        String client,
        @Nullable String session,
        @Nullable String email,
        @Nullable String name,
        @Nullable String patient,
        @Nullable String fhirUser,
        Set<String> roles,
        SmartScopes scopes,
        boolean isService,
        Call call) {
    /** The realm's roles. */
    public static final String ROLE_PATIENT = "patient";

    /** May see the patients who consented. */
    public static final String ROLE_CLINICIAN = "clinician";

    /** Runs the server; sees no clinical data. */
    public static final String ROLE_ADMIN = "admin";

    /** Reads audit log and reports; sees no clinical data. */
    public static final String ROLE_COMPLIANCE = "compliance";

    /** Somebody whose token says no name. */
    public Caller(
            String subject,
            String client,
            @Nullable String session,
            @Nullable String email,
            @Nullable String patient,
            @Nullable String fhirUser,
            Set<String> roles,
            SmartScopes scopes,
            boolean isService,
            Call call) {
        this(subject, client, session, email, null, patient, fhirUser, roles, scopes, isService, call);
    }

    /** Whoever runs a command on the machine, which no scope and no consent binds. */
    public static Caller operator() {
        SmartScope everything =
                new SmartScope(Level.SYSTEM, SmartScope.ANY_TYPE, EnumSet.allOf(Interaction.class), List.of());
        SmartScopes scopes = new SmartScopes(List.of(everything));
        return new Caller("", "command", null, null, null, null, Set.of(), scopes, true, Call.from(null));
    }

    /** Who calls in the request that this thread answers; empty where the server works for itself. */
    public static Optional<Caller> current() {
        return CallerAuthentication.current();
    }

    /** Who made a FHIR request, whichever thread works on it; empty where the server works for itself. */
    public static Optional<Caller> of(@Nullable RequestDetails request) {
        return RequestCaller.of(request);
    }

    /** Whether the realm gave the user a role. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** The same with another request. */
    Caller calling(Call other) {
        return new Caller(subject, client, session, email, name, patient, fhirUser, roles, scopes, isService, other);
    }
}
