package org.holovitals.server.users;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Keeps users and their sessions in step with the tokens that call. What was kept a minute ago for the same token's
 * content is not looked at again, so a busy app costs no statement.
 */
final class Accounts {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int SIZE = 10_000;

    private final Users users;
    private final UserSessions sessions;
    private final OwnRecords records;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > SIZE;
        }
    };

    Accounts(Users users, UserSessions sessions, OwnRecords records, Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.records = records;
        this.clock = clock;
    }

    /** What of a token was written down, and when. */
    private record Kept(UUID user, String content, Instant when) {}

    /** Writes down what is new about a user who calls, and returns the user's row. */
    UUID seen(Caller caller, InetAddress address, @Nullable String userAgent) {
        String key = caller.subject() + " " + caller.session();
        String content = Arrays.toString(Users.roles(caller)) + Users.email(caller) + " " + caller.fhirUser() + " "
                + caller.name();
        Instant now = clock.instant();
        Kept known = kept(key);
        if (known != null
                && Objects.equals(known.content(), content)
                && known.when().plus(FRESH).isAfter(now)) {
            return known.user();
        }
        UUID user = users.of(caller);
        users.update(user, caller);
        records.claim(user, caller);
        if (caller.session() != null) {
            sessions.used(user, caller.session(), now, address, userAgent);
        }
        synchronized (kept) {
            kept.put(key, new Kept(user, content, now));
        }
        return user;
    }

    private @Nullable Kept kept(String key) {
        synchronized (kept) {
            return kept.get(key);
        }
    }
}
