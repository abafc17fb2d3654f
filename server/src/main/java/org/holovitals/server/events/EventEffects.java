package org.holovitals.server.events;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.Revocations.Whose;
import org.holovitals.server.users.UserSessions;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;

/** What an event changes in the users, in their sessions, and in the tokens that are still good. */
final class EventEffects {
    private static final Pattern OF_USER = Pattern.compile("users/([^/]+)(?:/(.*))?");
    private static final Pattern OF_SESSION = Pattern.compile("sessions/([^/]+)");
    /** What leaves the account as it was. */
    private static final Set<String> HARMLESS =
            Set.of("send-verify-email", "execute-actions-email", "reset-password-email", "impersonation");

    private final Users users;
    private final UserSessions sessions;
    private final Revocations revocations;

    EventEffects(Users users, UserSessions sessions, Revocations revocations) {
        this.users = users;
        this.sessions = sessions;
        this.revocations = revocations;
    }

    /**
     * In the transaction that runs.
     *
     * @param known rows of users by the issuer's id
     * @param oldest tokens issued before it have expired
     */
    void apply(IdentityEvent event, Map<String, UUID> known, Instant oldest) {
        if (event.stream() == EventStream.USER) {
            ofUser(event, known, oldest);
        } else if (!event.isFailure() && event.resourcePath() != null) {
            ofAdministrator(event, event.resourcePath(), oldest);
        }
    }

    private void ofUser(IdentityEvent event, Map<String, UUID> known, Instant oldest) {
        String subject = event.subject();
        if (event.type().equals("LOGIN_ERROR") && subject != null) {
            users.failedToLogIn(subject, event.time());
        }
        if (event.isFailure()) {
            return;
        }
        switch (event.type()) {
            case "LOGIN" -> {
                if (subject != null) {
                    users.loggedIn(subject);
                }
                used(event, known);
            }
            case "REFRESH_TOKEN", "CODE_TO_TOKEN" -> used(event, known);
            case "LOGOUT", "USER_SESSION_DELETED" -> ended(event.session(), event.time(), oldest);
            case "REVOKE_GRANT" -> revokeGrant(event, oldest);
            case "DELETE_ACCOUNT" -> endedAll(subject, event.time(), oldest);
            default -> {
                // It stands in the audit log; nothing follows from it.
            }
        }
    }

    private void revokeGrant(IdentityEvent event, Instant oldest) {
        if (event.client() != null) {
            String subject = event.session() == null ? event.subject() : null;
            revoke(new Whose(event.session(), subject, event.client()), event.time(), oldest);
        }
    }

    private void used(IdentityEvent event, Map<String, UUID> known) {
        UUID user = event.subject() == null ? null : known.get(event.subject());
        if (user != null && event.session() != null) {
            sessions.used(user, event.session(), event.time(), event.address(), null);
        }
    }

    private void ofAdministrator(IdentityEvent event, String path, Instant oldest) {
        Matcher user = OF_USER.matcher(path);
        Matcher session = OF_SESSION.matcher(path);
        if (path.endsWith("logout-all")) {
            revoke(new Whose(null, null, null), event.time(), oldest);
        } else if (session.matches() && event.type().equals("DELETE")) {
            ended(session.group(1), event.time(), oldest);
        } else if (user.matches() && !event.type().equals("CREATE")) {
            String what = user.group(2) == null ? "" : user.group(2);
            if (what.equals("logout") || (what.isEmpty() && event.type().equals("DELETE"))) {
                endedAll(user.group(1), event.time(), oldest);
            } else if (!HARMLESS.contains(what)) {
                // Disabled, other roles, another record: the token may say what no longer holds.
                revoke(new Whose(null, user.group(1), null), event.time(), oldest);
            }
        } else if (user.matches() && user.group(2) != null && user.group(2).startsWith("role-mappings")) {
            revoke(new Whose(null, user.group(1), null), event.time(), oldest);
        }
    }

    private void ended(@Nullable String session, Instant when, Instant oldest) {
        if (session != null) {
            sessions.ended(session, when);
            revoke(new Whose(session, null, null), when, oldest);
        }
    }

    private void endedAll(@Nullable String subject, Instant when, Instant oldest) {
        if (subject != null) {
            sessions.endedAll(subject, when);
            revoke(new Whose(null, subject, null), when, oldest);
        }
    }

    private void revoke(Whose whose, Instant when, Instant oldest) {
        if (when.isAfter(oldest)) {
            revocations.add(whose, when);
        }
    }
}
