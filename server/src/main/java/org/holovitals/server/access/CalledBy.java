package org.holovitals.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the callers that a route of {@code /api} is for. A route without it answers nobody. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CalledBy {
    /** Any of these may call. */
    Kind[] value();

    /** Kinds of callers. */
    enum Kind {
        /** Whoever has a valid token. */
        ANYONE,
        /** A patient, for the own record. */
        PATIENT,
        /** A clinician, for patients who consented. */
        CLINICIAN,
        /** A compliance officer. */
        COMPLIANCE,
        /** An administrator. */
        ADMIN,
        /** A backend service. */
        SERVICE;

        boolean is(Caller caller) {
            return switch (this) {
                case ANYONE -> true;
                case SERVICE -> caller.isService();
                case PATIENT -> isUser(caller, Caller.ROLE_PATIENT);
                case CLINICIAN -> isUser(caller, Caller.ROLE_CLINICIAN);
                case COMPLIANCE -> caller.hasRole(Caller.ROLE_COMPLIANCE);
                case ADMIN -> caller.hasRole(Caller.ROLE_ADMIN);
            };
        }

        private static boolean isUser(Caller caller, String role) {
            return !caller.isService() && caller.hasRole(role);
        }
    }
}
