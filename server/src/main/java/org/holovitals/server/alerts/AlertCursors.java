package org.holovitals.server.alerts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code alert_cursors}: up to which time of the audit log each watch has looked. */
final class AlertCursors {
    private final JdbcClient jdbc;
    private final Ids ids;

    AlertCursors(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    Optional<Instant> position(String name) {
        return jdbc.sql("select position from holovitals.alert_cursors where name = ?")
                .param(name)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** It only moves on. */
    void moveTo(String name, Instant position) {
        jdbc.sql("""
                        insert into holovitals.alert_cursors as c (id, name, position) values (?, ?, ?)
                        on conflict (name) do update set position = excluded.position where c.position < excluded.position
                        """)
                .params(ids.next(), name, position.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The time of the oldest row of the audit log. */
    Optional<Instant> oldest() {
        return jdbc.sql("select timestamp from holovitals.audit_logs order by timestamp limit 1")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }
}
