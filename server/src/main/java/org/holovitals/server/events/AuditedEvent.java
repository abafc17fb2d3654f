package org.holovitals.server.events;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;

/** How an event stands in the audit log. */
final class AuditedEvent {
    private static final String FAILED = "_ERROR";
    private static final Map<String, String> NAMES = Map.of(
            "REFRESH_TOKEN", "refresh",
            "USER_SESSION_DELETED", "session-ended",
            "REVOKE_GRANT", "revoke");
    private static final Set<String> ALARMING =
            Set.of("IMPERSONATE", "USER_DISABLED_BY_TEMPORARY_LOCKOUT", "USER_DISABLED_BY_PERMANENT_LOCKOUT");

    private AuditedEvent() {}

    /**
     * Its entry.
     *
     * @param users rows of users by the issuer's id
     */
    static AuditEntry of(IdentityEvent event, Map<String, UUID> users) {
        boolean isAdmin = event.stream() == EventStream.ADMIN;
        return new AuditEntry(
                event.time(),
                new Who(
                        event.subject() == null ? null : users.get(event.subject()),
                        event.client(),
                        event.session(),
                        event.address(),
                        null),
                action(event),
                isAdmin ? String.valueOf(event.resourceType()) : "Account",
                isAdmin ? event.resourcePath() : event.subject(),
                About.NOBODY,
                event.isFailure() ? Outcome.FAILURE : Outcome.SUCCESS,
                severity(event),
                ALARMING.contains(event.type()),
                event.details());
    }

    /** Such as {@code login}, {@code login-failed}, {@code refresh}, {@code admin-update}. */
    private static String action(IdentityEvent event) {
        if (event.stream() == EventStream.ADMIN) {
            return "admin-" + event.type().toLowerCase(Locale.ROOT) + (event.isFailure() ? "-failed" : "");
        }
        String plain = event.type().endsWith(FAILED)
                ? event.type().substring(0, event.type().length() - FAILED.length())
                : event.type();
        String name = NAMES.getOrDefault(plain, plain.toLowerCase(Locale.ROOT).replace('_', '-'));
        return event.isFailure() ? name + "-failed" : name;
    }

    private static Severity severity(IdentityEvent event) {
        if (ALARMING.contains(event.type())) {
            return Severity.HIGH;
        }
        return event.isFailure() || event.stream() == EventStream.ADMIN ? Severity.MEDIUM : Severity.LOW;
    }
}
