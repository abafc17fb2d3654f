package org.holovitals.server.audit;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code audit_logs}: who did what to what, and how it ended.
 *
 * @param timestamp when it happened, which for an event of the identity provider is before it was heard of
 * @param who the account, app, session and address
 * @param action such as {@code read}, {@code search}, {@code login}
 * @param resource FHIR type, or name of the table or route
 * @param about whose records it was about
 * @param details what else is known; never health information
 */
public record AuditEntry(
        Instant timestamp,
        Who who,
        String action,
        String resource,
        @Nullable String resourceId,
        About about,
        Outcome outcome,
        Severity severity,
        boolean requiresReview,
        Map<String, Object> details) {

    /**
     * Who acted, as far as it is known.
     *
     * @param user the account by its row id; null for a service and for somebody unknown
     * @param client the app
     * @param session the identity provider's session
     */
    public record Who(
            @Nullable UUID user,
            @Nullable String client,
            @Nullable String session,
            @Nullable InetAddress address,
            @Nullable String userAgent) {}

    /**
     * Whose records an access was about.
     *
     * @param patients FHIR ids of the Patients whose records were asked for, shown or written
     * @param consents rows of consent_grants under which it was, or was refused
     * @param isEveryone whether it was about the records of all patients
     */
    public record About(Set<String> patients, Set<UUID> consents, boolean isEveryone) {
        /** Nobody's record. */
        public static final About NOBODY = new About(Set.of(), Set.of(), false);

        /** One patient's record. */
        public static About patient(String fhirId) {
            return new About(Set.of(fhirId), Set.of(), false);
        }
    }

    /** How it ended. */
    public enum Outcome {
        /** It was done. */
        SUCCESS,
        /** The caller was not permitted. */
        REFUSED,
        /** It was tried and failed. */
        FAILURE
    }

    /** How much attention it asks for. */
    public enum Severity {
        /** Everyday. */
        LOW,
        /** Out of the ordinary. */
        MEDIUM,
        /** To be looked at. */
        HIGH,
        /** To be looked at now. */
        CRITICAL
    }
}
