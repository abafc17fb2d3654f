package org.holovitals.server.users;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code users}: one row for each account that was seen in a valid token. */
public final class Users {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    Users(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** The row of a user who calls, made when there is none. */
    public UUID of(Caller caller) {
        return bySubject(caller.subject()).orElseGet(() -> add(caller));
    }

    /** The row of the issuer's id of a user. */
    public Optional<UUID> bySubject(String subject) {
        return jdbc.sql("select id from holovitals.users where subject = ?")
                .param(subject)
                .query(UUID.class)
                .optional();
    }

    private UUID add(Caller caller) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        String email = caller.email() == null ? caller.subject() + "@unknown.invalid" : caller.email();
        return jdbc.sql("""
                        insert into holovitals.users (id, subject, email, roles, created_at, updated_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (subject) do update set roles = excluded.roles, updated_at = excluded.updated_at
                        returning id
                        """)
                .params(
                        ids.next(),
                        caller.subject(),
                        email.toLowerCase(Locale.ROOT),
                        caller.roles().stream().sorted().toArray(String[]::new),
                        now,
                        now)
                .query(UUID.class)
                .single();
    }
}
