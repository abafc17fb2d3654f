package org.holovitals.server.launch;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code launch_calls}: which signed calls were answered, so that none is twice, by whichever server. */
final class LaunchCalls {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    LaunchCalls(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** Takes a call's id; false when it was taken before. */
    boolean take(String jti, Instant expires) {
        OffsetDateTime now = at(clock.instant());
        jdbc.sql("delete from holovitals.launch_calls where expires_at < ?")
                .param(now)
                .update();
        return jdbc.sql("""
                        insert into holovitals.launch_calls (id, jti, expires_at, created_at) values (?, ?, ?, ?)
                        on conflict (jti) do nothing
                        """).params(ids.next(), jti, at(expires), now).update() == 1;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
