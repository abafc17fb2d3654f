package org.holovitals.server.alerts;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code security_alerts}. */
public final class Alerts {
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    Alerts(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** Adds an alert in the transaction that runs, or counts one more of a kind that is there already. */
    public void raise(Alert alert) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        insert into holovitals.security_alerts as a
                          (id, user_id, action, details, severity, alert_key, last_seen_at, created_at)
                        values (?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                        on conflict (alert_key) do update set
                          occurrences = a.occurrences + 1, last_seen_at = excluded.last_seen_at
                        """)
                .params(
                        ids.next(),
                        alert.user(),
                        alert.action(),
                        JSON.valueToTree(alert.details()).toString(),
                        alert.severity().name().toLowerCase(Locale.ROOT),
                        alert.key(),
                        now,
                        now)
                .update();
    }
}
