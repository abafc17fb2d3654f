package org.holovitals.server.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
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
        OffsetDateTime now = now();
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

    /** Says how often something was seen by now, in the transaction that runs; it may be said again. */
    void observe(Alert alert, int occurrences, Instant lastSeen) {
        jdbc.sql("""
                        insert into holovitals.security_alerts as a
                          (id, user_id, action, details, severity, alert_key, occurrences, last_seen_at, created_at)
                        values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
                        on conflict (alert_key) do update set occurrences = excluded.occurrences,
                          last_seen_at = excluded.last_seen_at, details = excluded.details
                        where excluded.occurrences > a.occurrences
                        """)
                .params(
                        ids.next(),
                        alert.user(),
                        alert.action(),
                        JSON.valueToTree(alert.details()).toString(),
                        alert.severity().name().toLowerCase(Locale.ROOT),
                        alert.key(),
                        occurrences,
                        lastSeen.atOffset(ZoneOffset.UTC),
                        now())
                .update();
    }

    /** The newest first; the ids ascend with the time at which they were made. */
    List<SecurityAlert> page(boolean isAcknowledged, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        select a.*, u.display_name, u.fhir_user from holovitals.security_alerts a
                        left join holovitals.users u on u.id = a.user_id
                        where a.acknowledged = :acknowledged and (cast(:before as uuid) is null or a.id < :before)
                        order by a.id desc limit :limit
                        """)
                .param("acknowledged", isAcknowledged)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query((row, number) -> alert(row))
                .list();
    }

    /** From open to acknowledged; whether it was open. */
    boolean acknowledge(UUID id, UUID user, String note) {
        return jdbc.sql("""
                        update holovitals.security_alerts
                        set acknowledged = true, acknowledged_by = ?, acknowledged_at = ?, acknowledgement = ?
                        where id = ? and not acknowledged
                        """).params(user, now(), note, id).update() == 1;
    }

    boolean exists(UUID id) {
        return jdbc.sql("select exists (select from holovitals.security_alerts where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private static SecurityAlert alert(ResultSet row) throws SQLException {
        return new SecurityAlert(
                row.getObject("id", UUID.class),
                row.getString("action"),
                row.getString("severity"),
                new SecurityAlert.Subject(
                        row.getObject("user_id", UUID.class),
                        row.getString("display_name"),
                        row.getString("fhir_user")),
                read(row.getString("details")),
                row.getInt("occurrences"),
                instant(row, "created_at"),
                instant(row, "last_seen_at"),
                instant(row, "acknowledged_at"),
                row.getString("acknowledgement"));
    }

    static Map<String, Object> read(String details) {
        try {
            return JSON.readValue(details, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL has checked that it is JSON", e);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
