package org.holovitals.server.users;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code user_sessions}: one row for each session of the identity provider in which a known user called. */
public final class UserSessions {
    /** The realm's: a session that nothing is asked of ends after it. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final int AGENT_LENGTH = 300;

    private final JdbcClient jdbc;
    private final Ids ids;

    UserSessions(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** A session was used, by a call or at a login: it lasts for the idle time at least, unless it is ended. */
    public void used(
            UUID user, String session, Instant when, @Nullable InetAddress address, @Nullable String userAgent) {
        jdbc.sql("""
                        insert into holovitals.user_sessions as s
                          (id, session_id, user_id, expires_at, ip_address, user_agent, created_at)
                        values (?, ?, ?, ?, ?::inet, ?, ?)
                        on conflict (session_id) do update set
                          expires_at = greatest(s.expires_at, excluded.expires_at),
                          ip_address = coalesce(s.ip_address, excluded.ip_address),
                          user_agent = coalesce(s.user_agent, excluded.user_agent)
                        where s.user_id = excluded.user_id and s.ended_at is null
                        """)
                .param(ids.next())
                .param(session)
                .param(user)
                .param(at(when.plus(IDLE)))
                .param(address == null ? null : address.getHostAddress())
                .param(
                        userAgent == null || userAgent.length() <= AGENT_LENGTH
                                ? userAgent
                                : userAgent.substring(0, AGENT_LENGTH))
                .param(at(when))
                .update();
    }

    /** A session was ended. */
    public void ended(String session, Instant when) {
        jdbc.sql("update holovitals.user_sessions set ended_at = ? where session_id = ? and ended_at is null")
                .param(at(when))
                .param(session)
                .update();
    }

    /** All sessions of a user up to a moment were ended. */
    public void endedAll(String subject, Instant when) {
        jdbc.sql("""
                        update holovitals.user_sessions s set ended_at = ? from holovitals.users u
                        where u.id = s.user_id and u.subject = ? and s.ended_at is null and s.created_at <= ?
                        """).param(at(when)).param(subject).param(at(when)).update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
